"""A hotline's certificate authority, TLS for its programs, certificates of workstations, signing pairs."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_AUTHORITY_YEARS = 10
_PROGRAM_DAYS = 825
_BACKDATED = timedelta(days=1)
_VOUCHING = x509.KeyUsage(False, False, False, False, False, True, True, False, False)


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A private key and what goes with it in public (a public key or a certificate), both PEM."""

    private: bytes
    public: bytes


class Authority:
    """A certificate authority of one hotline; workstations trust it and nothing else."""

    def __init__(self, name: str, now: datetime) -> None:
        self._key = generate_private_key(SECP256R1())
        self._name = _named(name)
        self._now = now
        self._certificate = (
            _builder(self._name, self._name, self._key.public_key(), now, 365 * _AUTHORITY_YEARS)
            .add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
            .add_extension(_VOUCHING, critical=True)
            .sign(self._key, hashes.SHA256())
        )

    @property
    def pair(self) -> KeyPair:
        """The authority's own key and certificate."""
        return _pair(self._key, self._certificate)

    def certify(self, name: str, hosts: Sequence[str]) -> KeyPair:
        """A key and a certificate for a program that is reached under these names and addresses."""
        key = generate_private_key(SECP256R1())
        authority_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        certificate = (
            _builder(_named(name), self._name, key.public_key(), self._now, _PROGRAM_DAYS)
            .add_extension(x509.SubjectAlternativeName([_host(host) for host in hosts]), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(authority_key, critical=False)
            .sign(self._key, hashes.SHA256())
        )
        return _pair(key, certificate)

    def issuer(self, name: str) -> KeyPair:
        """A key that may vouch for workstations alone, so that the authority's own can be kept off line."""
        key = generate_private_key(SECP256R1())
        authority_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        certificate = (
            _builder(_named(name), self._name, key.public_key(), self._now, 365 * _AUTHORITY_YEARS)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_VOUCHING, critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
            .add_extension(authority_key, critical=False)
            .sign(self._key, hashes.SHA256())
        )
        return _pair(key, certificate)


def certify_workstation(issuer: KeyPair, workstation: str, key: Ed25519PublicKey, now: datetime) -> bytes:
    """A certificate (PEM) for a workstation's own key.

    It says who a workstation was when it was enrolled; whether it may work today, only the server knows.
    """
    issuer_key = load_pem_private_key(issuer.private, None)
    certificate = _read(issuer.public)[0]
    if not isinstance(issuer_key, EllipticCurvePrivateKey):
        raise TypeError("no issuer")
    name = f"urn:xinqiao:workstation:{workstation}"
    end = max(1, (certificate.not_valid_after_utc - now).days)
    made = (
        _builder(_named(workstation), certificate.subject, key, now, end)
        .add_extension(x509.SubjectAlternativeName([x509.UniformResourceIdentifier(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
        .sign(issuer_key, hashes.SHA256())
    )
    return made.public_bytes(Encoding.PEM)


def is_issuer(pair: KeyPair) -> bool:
    """True where a key and a certificate belong together and may vouch for workstations."""
    try:
        key = load_pem_private_key(pair.private, None)
        public = _read(pair.public)[0].public_key()
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return isinstance(key, EllipticCurvePrivateKey) and key.public_key() == public


def has_issued(authority: bytes, certificate: bytes) -> bool:
    """True where the authority, or one of several in the file, vouches for a certificate (all PEM)."""
    try:
        vouched, *_ = _read(certificate)
        known = _read(authority)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return any(_is_issued_by(vouched, one) for one in known)


def _read(pem: bytes) -> list[x509.Certificate]:
    """The certificates of a file. Raises ValueError, also for what the library only frowns upon: no program
    here makes such a certificate, so it is damaged.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", CryptographyDeprecationWarning)
        try:
            return x509.load_pem_x509_certificates(pem)
        except (CryptographyDeprecationWarning, x509.InvalidVersion) as odd:
            raise ValueError(str(odd)) from odd


def _is_issued_by(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def ticket_pair() -> KeyPair:
    """A fresh Ed25519 pair for duty tickets."""
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return KeyPair(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), public)


def is_ticket_pair(pair: KeyPair) -> bool:
    """True where both are Ed25519 keys and belong together."""
    try:
        private, public = load_pem_private_key(pair.private, None), load_pem_public_key(pair.public)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return isinstance(private, Ed25519PrivateKey) and private.public_key() == public


def is_ticket_key(public: bytes) -> bool:
    """True for an Ed25519 public key."""
    try:
        return isinstance(load_pem_public_key(public), Ed25519PublicKey)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    public: EllipticCurvePublicKey | Ed25519PublicKey,
    now: datetime,
    days: int,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        # A workstation's clock may be behind.
        .not_valid_before(now - _BACKDATED)
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _pair(key: EllipticCurvePrivateKey, certificate: x509.Certificate) -> KeyPair:
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return KeyPair(private, certificate.public_bytes(Encoding.PEM))
