"""A real Dovecot on this machine, for any user with the password "pw" or a token: somebody else's judge of ours."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CONFIGURED = """
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/dovecot.log
protocols = imap
listen = 127.0.0.1
{tls}
disable_plaintext_auth = no
auth_mechanisms = {mechanisms}
auth_failure_delay = 0
mail_location = maildir:{base}/mail/%u
mail_uid = nobody
mail_gid = nogroup
first_valid_uid = 1
default_login_user = dovenull
default_internal_user = dovecot
mailbox_list_index = no
{passdb}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={base}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
"""

PASSWORD = """
passdb {
  driver = static
  args = password=pw
}
"""
TOKEN = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {base}/oauth2.conf.ext
}}
"""
WHOSE = """
introspection_mode = post
introspection_url = {whose}
force_introspection = yes
username_attribute = username
active_attribute = active
active_value = true
"""


def missing() -> str:
    """Why it cannot be started here; "" when it can."""
    if shutil.which("dovecot") is None:
        return "dovecot is not installed: apt-get install dovecot-imapd"
    if os.geteuid() != 0:
        return "dovecot starts its processes as other users: only root can run it"
    version = subprocess.run(["dovecot", "--version"], capture_output=True, text=True).stdout
    return "" if version.startswith("2.3.") else f"these settings are those of Dovecot 2.3, not {version.strip()}"


@contextmanager
def home() -> Iterator[Path]:
    """A folder that Dovecot's users can get through; those of pytest are closed to them."""
    with tempfile.TemporaryDirectory(prefix="deskhand-dovecot-") as made:
        base = Path(made)
        base.chmod(0o711)
        yield base


@contextmanager
def dovecot(
    base: Path, *, whose: str = "", mechanisms: str = "plain login", certificate: Path | None = None
) -> Iterator[int]:
    """Its port; `base` is a `home()`. `whose`: the address that tells whose a token is, where tokens sign in instead of
    the password. With a `certificate` (and its key in the same file) it wants STARTTLS."""
    for name in ("run", "state", "mail"):
        (base / name).mkdir()
    shutil.chown(base / "mail", "nobody", "nogroup")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    (base / "oauth2.conf.ext").write_text(WHOSE.format(whose=whose))
    passdb = TOKEN.format(base=base) if whose else PASSWORD
    tls = f"ssl = required\nssl_cert = <{certificate}\nssl_key = <{certificate}" if certificate else "ssl = no"
    told = CONFIGURED.format(base=base, port=port, mechanisms=mechanisms, passdb=passdb, tls=tls)
    (base / "dovecot.conf").write_text(told)
    process = subprocess.Popen(["dovecot", "-F", "-c", str(base / "dovecot.conf")])
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("dovecot did not start")
