"""A certificate of 127.0.0.1 for one test."""

import shutil
import subprocess
from pathlib import Path

import pytest


def certificate_in(folder: Path) -> Path:
    """Key and certificate in one file, trusted by nobody. Skips the test where none can be made."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed: no certificate can be made")
    file = folder / "both.pem"
    what = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"]
    whom = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    where = ["-keyout", str(file), "-out", f"{file}.crt"]
    subprocess.run([openssl, *what, *whom, *where], check=True, capture_output=True, timeout=60)
    file.write_text(file.read_text() + Path(f"{file}.crt").read_text())
    return file
