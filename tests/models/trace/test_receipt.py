"""Receipts and checkpoints: signed by the server, and no word of them can be changed."""

import base64
from dataclasses import replace
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from models.trace.chain import Place
from models.trace.receipt import Checkpoint, Head, Receipt
from models.trace.signature import is_signed
from tests.models.trace.chains import NOON

KEY = Ed25519PrivateKey.generate()
PUBLIC = base64.b64encode(KEY.public_key().public_bytes_raw()).decode()


def signed(text: bytes) -> str:
    return base64.b64encode(KEY.sign(text)).decode()


def test_a_receipt_holds_for_this_place_of_this_chain_alone() -> None:
    receipt = Receipt("epoch-1", Place(7, "ab" * 32), NOON, PUBLIC, "")
    receipt = replace(receipt, signature=signed(receipt.text))
    assert is_signed(receipt.text, receipt.signature, PUBLIC)
    for other in (
        replace(receipt, epoch="epoch-2"),
        replace(receipt, place=Place(8, "ab" * 32)),
        replace(receipt, place=Place(7, "ac" * 32)),
        replace(receipt, at=NOON + timedelta(seconds=1)),
    ):
        assert not is_signed(other.text, receipt.signature, PUBLIC)


def test_the_signature_of_another_key_or_no_key_at_all_holds_for_nothing() -> None:
    receipt = Receipt("epoch-1", Place(7, "ab" * 32), NOON, PUBLIC, "")
    stranger = Ed25519PrivateKey.generate()
    for signature in (base64.b64encode(stranger.sign(receipt.text)).decode(), "", "no base64", "AAAA"):
        assert not is_signed(receipt.text, signature, PUBLIC)
    for key in ("", "no base64", "AAAA"):
        assert not is_signed(receipt.text, signed(receipt.text), key)


def test_a_checkpoint_vouches_for_each_head_and_for_the_one_before() -> None:
    heads = (Head("epoch-1", Place(7, "ab" * 32)), Head("epoch-2", Place(2, "cd" * 32)))
    checkpoint = Checkpoint("2026-01-01T12", "", heads, NOON, PUBLIC, "")
    digests = {
        checkpoint.digest,
        replace(checkpoint, before="ef" * 32).digest,
        replace(checkpoint, hour="2026-01-01T13").digest,
        replace(checkpoint, heads=heads[:1]).digest,
        replace(checkpoint, heads=(heads[0], Head("epoch-2", Place(2, "ce" * 32)))).digest,
    }
    assert len(digests) == 5
    assert replace(checkpoint, heads=heads[::-1]).digest == checkpoint.digest
