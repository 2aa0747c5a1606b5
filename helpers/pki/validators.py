"""The same chain before three validators: ours, `cryptography`'s, and OpenSSL's.

Each is set as a real client sets it. `cryptography.x509.verification` follows the web's profile and
looks at no revocation. OpenSSL gets what Python's `ssl.create_default_context` asks of it since
3.13 (VERIFY_X509_STRICT, VERIFY_X509_PARTIAL_CHAIN), the purpose, the host name, and the CRLs; the
sizes of keys it looks at only in a handshake (its security level), and OCSP only if stapled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from helpers import lab
from helpers.pki.facts import Facts, read_all
from helpers.pki.names import Reference, reference
from helpers.pki.policy import WEB, Policy
from helpers.pki.verdict import Certificates, Verdict, judge, utc


@dataclass(frozen=True)
class Opinion:
    """What another library thinks: its own sentence, and OpenSSL's number of it (0 is good)."""

    good: bool
    said: str
    code: int | None = None


@dataclass(frozen=True)
class Comparison:
    """Three opinions of one chain, and one sentence on how they differ ("" if they do not)."""

    ours: Verdict
    cryptography: Opinion
    openssl: Opinion
    explained: str

    @property
    def agree(self) -> bool:
        return self.ours.good == self.cryptography.good == self.openssl.good


def compare(chain: x509.Certificate | bytes | Certificates, intermediates: Certificates = (), *,
            roots: Iterable[x509.Certificate | bytes], name: str | None,
            time: datetime = lab.NOW, purpose: str = "server", policy: Policy = WEB,
            crls: Sequence[x509.CertificateRevocationList] = (), max_depth: int = 8,
            **more: object) -> Comparison:
    """Asks all three the same. Takes every keyword of `judge`; `skip`, `order`, `ocsp`, `logs` and
    `policy` only say something to ours. Raises as `judge` does, never for what is in the chain."""
    roots = tuple(roots)
    if isinstance(chain, x509.Certificate | bytes):
        chain = [chain]
    ours = judge(chain, intermediates, roots=roots, name=name, time=time, purpose=purpose,
                 policy=policy, crls=crls, max_depth=max_depth, **more)
    leaf, _ = read_all(chain[:1])
    others, _ = read_all([*chain[1:], *intermediates])
    trusted, _ = read_all(roots)
    if not leaf:
        unread = Opinion(False, "the first certificate cannot be read")
        return Comparison(ours, unread, unread, "")
    wanted = None if name is None else reference(name)
    question = leaf[0], others, trusted, wanted, utc(time), purpose
    theirs = _cryptography(*question, max_depth)
    openssl = _openssl(*question, crls)
    return Comparison(ours, theirs, openssl, _explained(ours, theirs, openssl))


def _cryptography(leaf: Facts, others: Sequence[Facts], trusted: Sequence[Facts],
                  wanted: Reference | None, time: datetime, purpose: str,
                  max_depth: int) -> Opinion:
    try:
        builder = (PolicyBuilder().store(Store([item.certificate for item in trusted]))
                   .time(time).max_chain_depth(max_depth))
        if purpose == "client" or wanted is None:
            verifier = builder.build_client_verifier()
        elif wanted.kind == "address":
            verifier = builder.build_server_verifier(x509.IPAddress(wanted.value))
        else:
            verifier = builder.build_server_verifier(x509.DNSName(wanted.value or wanted.text))
        verifier.verify(leaf.certificate, [item.certificate for item in others])
    except VerificationError as problem:
        return Opinion(False, shown_whole(problem))
    except Exception as problem:  # an empty store, names it refuses, parts it cannot read
        return Opinion(False, shown_whole(problem) or type(problem).__name__)
    return Opinion(True, "the chain is valid")


def shown_whole(problem: object) -> str:
    """A library's sentence, on one line and not endless."""
    return " ".join(str(problem).split())[:300]


def _openssl(leaf: Facts, others: Sequence[Facts], trusted: Sequence[Facts],
             wanted: Reference | None, time: datetime, purpose: str,
             crls: Sequence[x509.CertificateRevocationList]) -> Opinion:
    from OpenSSL import crypto

    try:
        store = crypto.X509Store()
        flags = crypto.X509StoreFlags.X509_STRICT | crypto.X509StoreFlags.PARTIAL_CHAIN
        for item in trusted:
            store.add_cert(crypto.X509.from_cryptography(item.certificate))
        for crl in crls:
            store.add_crl(crl)
        if crls:
            flags |= crypto.X509StoreFlags.CRL_CHECK
        store.set_flags(flags)
        store.set_time(time.replace(tzinfo=None))
        problem = _ask_name(crypto, store, wanted, purpose)
        if problem:
            return Opinion(False, problem)
        context = crypto.X509StoreContext(
            store, crypto.X509.from_cryptography(leaf.certificate),
            [crypto.X509.from_cryptography(item.certificate) for item in others])
        context.verify_certificate()
    except crypto.X509StoreContextError as problem:
        return Opinion(False, shown_whole(problem.errors[2]), problem.errors[0])
    except Exception as problem:  # OpenSSL parses again, and more strictly in places
        return Opinion(False, f"OpenSSL cannot read it: {shown_whole(problem)}")
    return Opinion(True, "the chain is valid", 0)


def _ask_name(crypto: object, store: object, wanted: Reference | None, purpose: str) -> str:
    """Sets purpose and name, for which pyOpenSSL has no method; "" or why that cannot be."""
    lib = crypto._lib
    lib.X509_STORE_set_purpose(store._store, lib.X509_PURPOSE_SSL_SERVER if purpose == "server"
                               else lib.X509_PURPOSE_SSL_CLIENT)
    if wanted is None or wanted.kind == "mailbox":
        return ""
    if not wanted.text:
        return "no name was given"  # an empty one would switch OpenSSL's check off
    parameters = crypto._ffi.gc(lib.X509_VERIFY_PARAM_new(), lib.X509_VERIFY_PARAM_free)
    if wanted.kind == "address":
        packed = wanted.value.packed
        done = lib.X509_VERIFY_PARAM_set1_ip(parameters, packed, len(packed))
    else:
        text = (wanted.value or wanted.text).encode("utf-8", "replace")
        lib.X509_VERIFY_PARAM_set_hostflags(parameters, _NO_PARTIAL_WILDCARDS)
        done = lib.X509_VERIFY_PARAM_set1_host(parameters, text, len(text))
    done = done and lib.X509_STORE_set1_param(store._store, parameters)
    if not done:
        lib.ERR_clear_error()
        return "OpenSSL does not take this name"
    return ""


_NO_PARTIAL_WILDCARDS = 0x4 | 0x20  # X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS, ..._NEVER_CHECK_SUBJECT


def _explained(ours: Verdict, theirs: Opinion, openssl: Opinion) -> str:
    parts = []
    for who, other in (("cryptography", theirs), ("OpenSSL", openssl)):
        if other.good and not ours.good and ours.failed is not None:
            parts.append(f"{who} does not object: {_why_silent(who, ours.failed.check)}")
        elif ours.good and not other.good:
            named = "; ".join(ours.differs) if who == "cryptography" else ""
            parts.append(f"{who} refuses ({other.said})" + (f": {named}" if named else ""))
    return ". ".join(parts)


def _why_silent(who: str, check: str) -> str:
    return _SILENT.get((who, check)) or _SILENT.get(("", check)) or \
        f"its rules for {check!r} are more lenient on this chain"


_SILENT = {
    ("cryptography", "revocation"): "it does not look at revocation",
    ("OpenSSL", "revocation"): "it was given no CRL that it could use, and OCSP it leaves to the "
                               "application",
    ("", "lifetime"): "how long a certificate lives is the browsers' rule, not RFC 5280's",
    ("", "ct"): "Certificate Transparency is the browsers' rule, not RFC 5280's",
    ("OpenSSL", "strength"): "it weighs keys and algorithms in a handshake (security level), not "
                             "in path validation",
    ("cryptography", "strength"): "it does not weigh the leaf's own key, only those of CAs",
    ("cryptography", "policies"): "it does not process certificate policies",
    ("OpenSSL", "policies"): "it processes certificate policies only if it is told to",
    ("", "eku"): "it takes a missing extKeyUsage for any purpose",
    ("", "extensions"): "it does not hold certificates to this rule of the profile",
    ("", "name"): "it takes wildcards that browsers refuse",
}
