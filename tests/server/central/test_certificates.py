from ssl import DER_cert_to_PEM_cert, PEM_cert_to_DER_cert

from cryptography import x509

from models.clock import SystemClock
from server.central.certificates import Authority, KeyPair, has_issued, is_issuer

_VERSION_3 = bytes.fromhex("a003020102")
_VERSION_4 = bytes.fromhex("a003020103")


def test_what_the_library_only_frowns_upon_is_a_damaged_certificate() -> None:
    whole = Authority("一个热线", SystemClock().now()).pair
    serial = x509.load_pem_x509_certificate(whole.public).serial_number.to_bytes(20, "big")
    # One bit makes the number of the certificate a negative one.
    flipped = bytes((serial[0] | 0x80, *serial[1:]))
    content = PEM_cert_to_DER_cert(whole.public.decode()).replace(serial, flipped)
    damaged = DER_cert_to_PEM_cert(content).encode()
    assert is_issuer(whole)
    assert has_issued(whole.public, whole.public)
    assert not is_issuer(KeyPair(whole.private, damaged))
    assert not has_issued(damaged, whole.public)


def test_a_certificate_of_a_version_that_there_is_not_is_a_damaged_one() -> None:
    whole = Authority("一个热线", SystemClock().now()).pair
    content = PEM_cert_to_DER_cert(whole.public.decode()).replace(_VERSION_3, _VERSION_4, 1)
    damaged = DER_cert_to_PEM_cert(content).encode()
    assert not is_issuer(KeyPair(whole.private, damaged))
    assert not has_issued(damaged, whole.public)
    assert not has_issued(whole.public, damaged)
