"""PEM: what people paste, and sentences for what cannot be read."""

import re

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from helpers import pki
from helpers.pki.authority import root, server
from helpers.pki.pem import MAX_TEXT, PEMError, pem_to_der

CHAIN = [root().certificate, server().certificate]
TEXT = "".join(one.public_bytes(Encoding.PEM).decode() for one in CHAIN)
DER = [one.public_bytes(Encoding.DER) for one in CHAIN]
KEY = server().key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
BLOCK = TEXT[:TEXT.index("-----END CERTIFICATE-----") + 26]


@pytest.mark.parametrize("text", [
    TEXT, TEXT.encode(), TEXT.replace("\n", "\r\n"), TEXT.replace("\n", "\\n"),
    "\n".join(f"    {line}" for line in TEXT.splitlines()),
    f" 0 s:CN = shop\n   i:CN = CA\n{TEXT}---\nServer certificate",
    TEXT.replace("-----BEGIN CERTIFICATE-----\n",
                 "-----BEGIN CERTIFICATE-----\nX-Header: old\n\n"),
    TEXT.replace("CERTIFICATE-----", "X509 CERTIFICATE-----"),
], ids=["as it is", "bytes", "Windows", "out of JSON", "indented", "s_client", "headers", "X509"])
def test_what_people_paste(text):
    assert pem_to_der(text, "CERTIFICATE") == DER


WRONG = {
    "nothing": ("", "There is no PEM block"), "prose": ("hello", "There is no PEM block"),
    "key": (KEY, "Never paste a private key"),
    "key with certificate": (TEXT + KEY, "Never paste a private key"),
    "encrypted key": ("-----BEGIN ENCRYPTED PRIVATE KEY-----", "Never paste a private key"),
    "bad letter": (BLOCK.replace("MII", "M!I", 1), "Block 1 holds '!'"),
    "letter lost": (BLOCK.replace("MII", "MI", 1), "do not come out even"),
    "no end": (BLOCK[:200], "begins in line 1 does not end"),
    "no begin": (BLOCK[30:], "none began"),
    "another end": (BLOCK.replace("END CERTIFICATE", "END X509 CRL"), "does not end"),
    "another label": (BLOCK.replace("CERTIFICATE", "X509 CRL"), "a CERTIFICATE is needed"),
    "empty": ("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----", "Block 1 is empty"),
    "too much": ("x" * (MAX_TEXT + 1), "are not read"), "DER": (DER[0], "look like DER already"),
}


@pytest.mark.parametrize(("text", "says"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said(text, says):
    with pytest.raises(PEMError, match=re.escape(says)):
        pem_to_der(text, "CERTIFICATE")


def test_the_message_never_repeats_a_private_key():
    with pytest.raises(PEMError) as caught:
        pem_to_der(KEY)
    assert KEY.splitlines()[1][:10] not in str(caught.value)


def test_without_a_label_every_block_will_do():
    assert pem_to_der(BLOCK.replace("CERTIFICATE", "X509 CRL")) == DER[:1]


def test_many_beginnings_and_no_end_take_no_time():
    with pytest.raises(PEMError, match="does not end"):
        pem_to_der("-----BEGIN CERTIFICATE-----\n" * 30_000)


@given(st.text(max_size=200) | st.binary(max_size=200)
       | st.text("-BEGIND CRTFAX509\n=:", max_size=99))
def test_any_text_gives_der_or_a_pem_error(text):
    try:
        blocks = pki.pem_to_der(text)
    except PEMError:
        return
    assert all(blocks)
