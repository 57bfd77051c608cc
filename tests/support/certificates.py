"""A hotline's own certification authority, and a certificate of it for this machine."""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from models.clock import SystemClock


@dataclass(frozen=True)
class Issued:
    """All as PEM."""

    authority: bytes
    certificate: bytes
    key: bytes


def issue(address: str) -> Issued:
    """A new authority, and a certificate for one address of this machine."""
    top, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Hotline CA")])
    authority = (
        _begun(name, top.public_key(), name)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(top, hashes.SHA256())
    )
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, address)])
    certificate = (
        _begun(subject, own.public_key(), name).add_extension(here, critical=False).sign(top, hashes.SHA256())
    )
    key = own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return Issued(authority.public_bytes(Encoding.PEM), certificate.public_bytes(Encoding.PEM), key)


def _begun(subject: x509.Name, key: ec.EllipticCurvePublicKey, issuer: x509.Name) -> x509.CertificateBuilder:
    now = SystemClock().now()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=30))
    )
