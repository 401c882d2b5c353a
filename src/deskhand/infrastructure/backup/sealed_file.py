"""An encrypted file that is written and read in bounded memory; whatever was done to it is noticed before it is used.

AES-256-GCM over blocks of one size, as in the STREAM construction: each block's nonce holds its number and whether it
is the last one, so that no block can be changed, left out, repeated, put elsewhere or cut off. The key is made by
scrypt from a pass phrase; the header is authenticated with every block.
"""

import hashlib
import hmac
import os
import struct
from dataclasses import dataclass
from typing import IO, Protocol, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from deskhand.domain.errors import DeskhandError

MAGIC = b"DESKHAND BACKUP 1\n"
BLOCK = 1 << 18  # bytes of text in a block
TAG = 16
COST = 16  # scrypt: 2 ** 16 rounds of 8 blocks take 64 MB and about a quarter of a second
LEAST, MOST = 10, 20  # of a file that somebody else made: nobody can make us take more than 1 GB
HEADER = struct.Struct(">18sB16s7s16s")  # magic, cost, salt, beginning of each nonce, proof of the key


class Unopened(DeskhandError):
    """The file is no backup, was changed, or the pass phrase is another one; its text says which."""


class Sink(Protocol):
    """What bytes can be written to."""

    def write(self, part: bytes, /) -> object: ...


class SealedWriter:
    """Encrypts what is written to it. Only after `close` is the file whole: nobody can open another one to its end."""

    def __init__(self, file: IO[bytes], phrase: str, *, cost: int = COST):
        salt, self._prefix = os.urandom(16), os.urandom(7)
        key, proof = _key(phrase, cost, salt)
        self._header = HEADER.pack(MAGIC, cost, salt, self._prefix, proof)
        self._cipher, self._file, self._number, self._waiting = AESGCM(key), file, 0, bytearray()
        self._digest, self.size = hashlib.sha256(), 0
        self._put(self._header)

    @property
    def digest(self) -> str:
        """SHA-256 of the encrypted file so far."""
        return self._digest.hexdigest()

    def write(self, part: bytes) -> int:
        self._waiting += part
        while len(self._waiting) > BLOCK:  # the last block is kept back: it is sealed as the last one
            self._seal(bytes(self._waiting[:BLOCK]), last=False)
            del self._waiting[:BLOCK]
        return len(part)

    def close(self) -> None:
        """Seal the last block, and see that all of it is on the disk."""
        self._seal(bytes(self._waiting), last=True)
        self._file.flush()
        os.fsync(self._file.fileno())

    def _seal(self, text: bytes, *, last: bool) -> None:
        self._put(self._cipher.encrypt(_nonce(self._prefix, self._number, last), text, self._header))
        self._number += 1

    def _put(self, part: bytes) -> None:
        self._digest.update(part)
        self.size += len(part)
        self._file.write(part)


@dataclass
class SealedReader:
    """Gives the text again, a block at a time, each proved before it is given. `Unopened` when anything is wrong."""

    _file: IO[bytes]
    _cipher: AESGCM
    _header: bytes
    _prefix: bytes
    _number: int = 0
    _text: bytes = b""
    _next: bytes = b""
    _over: bool = False

    @classmethod
    def open(cls, file: IO[bytes], phrase: str) -> Self:
        header = file.read(HEADER.size)
        if len(header) < HEADER.size or not header.startswith(MAGIC):
            raise Unopened("this is no backup of Deskhand, or its beginning was changed")
        _, cost, salt, prefix, proof = HEADER.unpack(header)
        if not LEAST <= cost <= MOST:
            raise Unopened("the beginning of this backup was changed")
        key, right = _key(phrase, cost, salt)
        if not hmac.compare_digest(proof, right):
            raise Unopened("the pass phrase is not the one of this backup, or its beginning was changed")
        reader = cls(file, AESGCM(key), header, prefix)
        reader._next = file.read(BLOCK + TAG)
        return reader

    def read(self, size: int) -> bytes:
        """So many bytes; fewer only at the end, where all blocks were proved."""
        parts, wanted = [], size
        while wanted:
            if not self._text and not self._more():
                break
            part, self._text = self._text[:wanted], self._text[wanted:]
            parts.append(part)
            wanted -= len(part)
        return b"".join(parts)

    def _more(self) -> bool:
        if self._over:
            return False
        sealed, self._next = self._next, self._file.read(BLOCK + TAG)
        self._over = not self._next
        try:
            nonce = _nonce(self._prefix, self._number, self._over)
            self._text = self._cipher.decrypt(nonce, sealed, self._header)
        except InvalidTag:
            raise Unopened(
                f"block {self._number + 1} of this backup was changed, or blocks are missing or out of order"
            ) from None
        self._number += 1
        return bool(self._text) or not self._over


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, last)


def _key(phrase: str, cost: int, salt: bytes) -> tuple[bytes, bytes]:
    """The key, and what tells a wrong pass phrase from a changed file without telling the key."""
    made = hashlib.scrypt(
        phrase.encode(), salt=salt, n=1 << cost, r=8, p=1, maxmem=(1 << cost) * 1024 + (1 << 22), dklen=48
    )
    return made[:32], made[32:]
