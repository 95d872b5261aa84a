"""Passwords of coders, as DNA keeps them: jasypt's StrongPasswordEncryptor.

Base64 of 16 bytes of salt and a digest: SHA-256 applied 100,000 times, first to salt and password. DNA asks a coder for
it when the file is opened; it protects nothing else, since the file itself is open.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import unicodedata

ROUNDS, SALT = 100_000, 16


def hashed(password: str, salt: bytes | None = None) -> str:
    """What the file keeps of a password; another each time, as the salt is."""
    salt = os.urandom(SALT) if salt is None else salt
    return base64.b64encode(salt + _digest(password, salt)).decode("ascii")


def opens(password: str, kept: str) -> bool:
    """Whether `kept` was made of this password."""
    raw = base64.b64decode(kept)
    return hmac.compare_digest(_digest(password, raw[:SALT]), raw[SALT:])


def _digest(password: str, salt: bytes) -> bytes:
    found = salt + unicodedata.normalize("NFC", password).encode("utf-8")
    for _ in range(ROUNDS):
        found = hashlib.sha256(found).digest()
    return found
