"""OpenSSL's settings for either end: versions, ciphers, certificates, whom to trust, and when.

A context is made once and kept where nothing in it belongs to one visit alone.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from cryptography import x509
from OpenSSL import SSL, crypto

from helpers import lab
from helpers.pki import authority
from helpers.tls.registry import AlertDescription, AlertLevel, name_of

_ALERT, _WRITE = 0x4000, 0x0008  # SSL_CB_ALERT, SSL_CB_WRITE
_NO_EXTENDED_MASTER_SECRET = 1  # SSL_OP_NO_EXTENDED_MASTER_SECRET
_NO_PARTIAL_WILDCARDS = 0x4  # X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS: no "s*p.example"
_NEVER_CHECK_SUBJECT = 0x20  # X509_CHECK_FLAG_NEVER_CHECK_SUBJECT: no common name
_HOST = re.compile(rb"[\w.-]{1,253}")
_VERSIONS = {"1.2": (SSL.TLS1_2_VERSION, SSL.TLS1_2_VERSION),
             "1.3": (SSL.TLS1_3_VERSION, SSL.TLS1_3_VERSION),
             "any": (SSL.TLS1_2_VERSION, SSL.TLS1_3_VERSION)}
LAX, STRICT = 0, 2
"""OpenSSL's security levels: the lab also shows what OpenSSL switches off by default. At level 2
certificates need 112 bits of security: no SHA-1, no RSA below 2,048 bits."""


@dataclass(frozen=True)
class Trust:
    """What a client that judges goes by: OpenSSL's own checks, set up as by a careful program.

    `roots` are trusted, `name` (DNS name or IP address) is whom it wants to talk to, `time` what
    its clock shows. With `crls`, every certificate below the root must be on none of them, and
    each issuer needs a list. `strict`: X509_STRICT and PARTIAL_CHAIN, which Python sets since 3.13:
    more of RFC 5280, and a CA in the middle may be trusted, too. `staple` judges
    the OCSP answer that the server staples (b"" if none), for OpenSSL leaves that to the program.

    Told so, OpenSSL does not fall back to the common name, nor take stars that stand for half a
    label. Certificate Transparency and how long a certificate lives it does not look at."""

    roots: tuple[x509.Certificate, ...]
    name: str = lab.HOST
    time: datetime = lab.NOW
    crls: tuple[x509.CertificateRevocationList, ...] = ()
    strict: bool = True
    staple: Callable[[bytes], bool] | None = None


def on_info(connection: SSL.Connection, where: int, value: int) -> None:
    """Notes the alerts that cross, for the endpoint whose connection this is."""
    endpoint = connection.get_app_data()()
    if endpoint is not None and where & _ALERT:
        level, number = value >> 8, value & 0xFF
        alerts = endpoint.alerts_sent if where & _WRITE else endpoint.alerts_received
        if level == AlertLevel.fatal or number != AlertDescription.close_notify:
            alerts.append(name_of(AlertDescription, number))


def keep_key(connection: SSL.Connection, line: bytes) -> None:
    """Notes a line of the key log, for the endpoint whose connection this is."""
    endpoint = connection.get_app_data()()
    if endpoint is not None:
        endpoint.keylog.append(line.decode())


def _context(ciphers: str | None, version: str, group: str | None,
             level: int = LAX) -> SSL.Context:
    if version not in _VERSIONS:
        raise ValueError(f"version is {version!r}; choose one of {', '.join(_VERSIONS)}")
    context = SSL.Context(SSL.TLS_METHOD)
    lowest, highest = _VERSIONS[version]
    context.set_min_proto_version(lowest)
    context.set_max_proto_version(highest)
    if version == "1.2":
        context.set_cipher_list(f"{ciphers}:@SECLEVEL={level}".encode())
        context.set_options(SSL.OP_NO_TICKET)
    elif ciphers:
        context.set_tls13_ciphersuites(ciphers.encode())
    if version != "1.2" and level != LAX:
        context.set_cipher_list(f"DEFAULT:@SECLEVEL={level}".encode())
    if group:
        _set_groups(context, group)
    context.set_session_cache_mode(SSL.SESS_CACHE_OFF)
    context.set_options(SSL.OP_NO_RENEGOTIATION)
    context.set_keylog_callback(keep_key)
    context.set_info_callback(on_info)
    return context


def _set_groups(context: SSL.Context, names: str) -> None:
    """OpenSSL's SSL_CTX_set1_groups_list, which pyOpenSSL has under an old name and does not hand
    out. Raises ValueError for a name that OpenSSL does not know."""
    if SSL._lib.SSL_CTX_set1_curves_list(context._context, names.encode()) != 1:
        SSL._lib.ERR_clear_error()
        raise ValueError(f"OpenSSL knows no group called {names!r}")


@cache
def lab_client(ciphers: str | None, trusted_root: str, version: str,
               group: str | None, verify: bool = True) -> SSL.Context:
    """Trusts one of the lab's roots and asks for no name; or, without `verify`, takes all."""
    context = _context(ciphers, version, group)
    store = context.get_cert_store()
    store.add_cert(crypto.X509.from_cryptography(authority.root(trusted_root).certificate))
    store.set_time(lab.NOW.replace(tzinfo=None))
    context.set_verify(SSL.VERIFY_PEER if verify else SSL.VERIFY_NONE)
    context.set_alpn_protos([b"h2", b"http/1.1"])
    return context


@cache
def lab_server(ciphers: str | None, kind: str, group: str | None, extended: bool,
               session_ids: bool, version: str) -> SSL.Context:
    """Serves one of the lab's certificates."""
    context = _context(ciphers, version, group)
    if session_ids:
        context.set_session_cache_mode(SSL.SESS_CACHE_SERVER)
    if not extended:
        context.set_options(_NO_EXTENDED_MASTER_SECRET)
    return _serve(context, authority.server(kind))


def _serve(context: SSL.Context, identity: authority.Identity) -> SSL.Context:
    context.use_certificate(identity.certificate)
    context.use_privatekey(identity.key)
    for certificate in identity.intermediates:
        context.add_extra_chain_cert(certificate)
    context.set_alpn_select_callback(_choose_http)
    return context


def judging_client(ciphers: str | None, version: str, group: str | None,
                   trust: Trust) -> SSL.Context:
    """Judges the server's chain as `trust` says. The name is set for each visit: `expect_name`."""
    context = _context(ciphers, version, group, STRICT)
    store = context.get_cert_store()
    for root in trust.roots:
        store.add_cert(crypto.X509.from_cryptography(root))
    for revoked in trust.crls:
        store.add_crl(revoked)
    store.set_time(trust.time.replace(tzinfo=None))
    known = crypto.X509StoreFlags
    flags = known.X509_STRICT | known.PARTIAL_CHAIN if trust.strict else 0
    if trust.crls:
        flags |= known.CRL_CHECK | known.CRL_CHECK_ALL
    store.set_flags(flags)
    context.set_verify(SSL.VERIFY_PEER)
    if trust.staple:
        judge = trust.staple
        context.set_ocsp_client_callback(lambda _, answer, __: judge(answer))
    return context


def chosen_server(ciphers: str | None, version: str, group: str | None,
                  identity: authority.Identity, staple: bytes) -> SSL.Context:
    """Serves any identity, however weak its key, and staples an OCSP answer if there is one.

    Raises ValueError with OpenSSL's reason if it will not even load the certificate, or the key
    is missing or another one's."""
    context = _context(ciphers, version, group)
    if version != "1.2":
        context.set_cipher_list(f"DEFAULT:@SECLEVEL={LAX}".encode())
    if identity.key is None:
        raise ValueError("this identity has no private key, so it cannot be served: a CA gives a "
                         "certificate, and the key is put back with pki.with_key")
    try:
        _serve(context, identity)
    except SSL.Error as problem:
        reasons = [entry[-1] for entry in problem.args[0]] if problem.args else []
        raise ValueError(f"OpenSSL will not serve it: {'; '.join(reasons)}") from None
    if staple:
        context.set_ocsp_server_callback(lambda _, answer: answer, staple)
    return context


def expect_name(connection: SSL.Connection, name: str) -> None:
    """Has OpenSSL compare the certificate with this DNS name or IP address (pyOpenSSL has no
    method for it). The name goes into the ClientHello, too; an address does not (RFC 6066).

    Raises ValueError for what is neither."""
    setting = SSL._lib.SSL_get0_param(connection._ssl)
    try:
        address = ipaddress.ip_address(name).packed
    except ValueError:
        text = name.encode("ascii", "replace")
        if not _HOST.fullmatch(text):
            raise ValueError(f"{name[:80]!r} is neither a host name (in ASCII) nor an address"
                             ) from None
        connection.set_tlsext_host_name(text)
        SSL._lib.X509_VERIFY_PARAM_set_hostflags(
            setting, _NO_PARTIAL_WILDCARDS | _NEVER_CHECK_SUBJECT)
        accepted = SSL._lib.X509_VERIFY_PARAM_set1_host(setting, text, len(text))
    else:
        accepted = SSL._lib.X509_VERIFY_PARAM_set1_ip(setting, address, len(address))
    if accepted != 1:
        raise ValueError(f"OpenSSL does not take the name {name!r}")


def said_of_chain(connection: SSL.Connection) -> tuple[int, str]:
    """OpenSSL's verdict on the chain it was sent: its number (0: good) and its words."""
    code = SSL._lib.SSL_get_verify_result(connection._ssl)
    words = SSL._ffi.string(SSL._lib.X509_verify_cert_error_string(code)).decode()
    return code, words


def _choose_http(connection: SSL.Connection, offered: list[bytes]) -> object:
    return b"http/1.1" if b"http/1.1" in offered else SSL.NO_OVERLAPPING_PROTOCOLS
