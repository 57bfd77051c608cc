"""Signed packs: licensed wording and own forms count with a good signature; else the last good ones stand."""

import shutil
from base64 import b64encode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from resources import followups, hotline, packs, signed, sites
from resources.hotline import Hotline
from resources.instruments import questionnaires, weights
from resources.reading import ResourceError
from tests.resources.test_weights import artificial

KEY = Ed25519PrivateKey.generate()
PRIVATE, PUBLIC = KEY.private_bytes_raw(), KEY.public_key().public_bytes_raw()
FORM = """id = "mine"
version = 1
zh = "本站"
en = "Own"
source = "Artificial Example"
mark = "D"

[[category]]
code = "C4"
groups = ["all"]

[[section]]
group = "all"
zh = "一"
en = "One"

[[section.field]]
key = "asked_for"
type = "text"
zh = "想知道什么"
en = "What they ask for"
required = true
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    (folder / "sites").mkdir(parents=True)
    site = folder / "sites" / "jinzhong.toml"
    source = sites.shipped("jinzhong").read_text(encoding="utf-8")
    site.write_text(f'pack_keys = ["{b64encode(PUBLIC).decode()}"]\n{source}', encoding="utf-8")
    return folder


@pytest.fixture
def pack(own: Path) -> Path:
    folder = own / "packs" / "example"
    (folder / "forms").mkdir(parents=True)
    head = 'id = "example"\nversion = 3\nowner = "Artificial Example"\ndate = "2026-01-01"\n'
    (folder / packs.MANIFEST).write_text(head, encoding="utf-8")
    (folder / "forms" / "mine.toml").write_text(FORM, encoding="utf-8")
    licensed = questionnaires.shipped("gad7").read_text(encoding="utf-8")
    licensed = licensed.replace("official_text = false", "official_text = true")
    (folder / "gad7.toml").write_text(licensed, encoding="utf-8")
    (folder / weights.NAME).write_text(artificial(), encoding="utf-8")
    packs.sign(folder, PRIVATE)
    return folder


def load(own: Path, tmp_path: Path) -> Hotline:
    return hotline.load("jinzhong", own, tmp_path / "kept")


def brings(loaded: Hotline) -> tuple[str, bool, bool]:
    gad = loaded.instruments.find("gad7")
    assert gad is not None
    return loaded.forms.of("C4").id, gad.official_text, loaded.instruments.weights is not None


GOOD, NOTHING = ("mine", True, True), ("short", False, False)


def test_a_good_pack_brings_all_its_files(own: Path, pack: Path, tmp_path: Path) -> None:
    loaded = load(own, tmp_path)
    assert loaded.broken == ()
    assert brings(loaded) == GOOD
    found = packs.load(pack, [PUBLIC])
    assert (found.id, found.version, found.owner, found.date) == (
        "example",
        3,
        "Artificial Example",
        "2026-01-01",
    )


def test_a_pack_brings_a_template_of_follow_ups(own: Path, pack: Path, tmp_path: Path) -> None:
    (pack / "followups").mkdir()
    shipped = followups.shipped("bj").read_text(encoding="utf-8")
    ours = shipped.replace('id = "bj"', 'id = "ours"').replace("[1, 7, 30, 90, 365]", "[2, 5]")
    (pack / "followups" / "ours.toml").write_text(ours, encoding="utf-8")
    packs.sign(pack, PRIVATE)
    site = own / "sites" / "jinzhong.toml"
    text = site.read_text(encoding="utf-8").replace('follow_up_R3 = "bj"', 'follow_up_R3 = "ours"')
    site.write_text(text, encoding="utf-8")
    loaded = load(own, tmp_path)
    found = loaded.followups.of("R3")
    assert found is not None
    assert (found.days, loaded.broken) == ((2, 5), ())


def test_a_pack_that_nobody_trusted_has_signed_brings_nothing(own: Path, pack: Path, tmp_path: Path) -> None:
    packs.sign(pack, Ed25519PrivateKey.generate().private_bytes_raw())
    loaded = load(own, tmp_path)
    assert brings(loaded) == NOTHING
    assert [(one.file, one.line, one.field) for one in loaded.broken] == [
        (pack / packs.MANIFEST, 1, "signature")
    ]


def harmed(pack: Path, how: str) -> None:
    match how:
        case "changed":
            (pack / "gad7.toml").write_bytes((pack / "gad7.toml").read_bytes() + b"\n")
        case "missing":
            (pack / "gad7.toml").unlink()
        case "added":
            (pack / "forms" / "other.toml").write_text(FORM, encoding="utf-8")
        case "unsigned":
            (pack / (packs.MANIFEST + ".sig")).unlink()
        case "no text":
            (pack / packs.MANIFEST).write_bytes(b"\xff")


HARM = ["changed", "missing", "added", "unsigned", "no text"]


@pytest.mark.parametrize("how", HARM)
def test_of_a_harmed_pack_the_last_good_copy_stands(own: Path, pack: Path, tmp_path: Path, how: str) -> None:
    load(own, tmp_path)
    harmed(pack, how)
    loaded = load(own, tmp_path)
    assert brings(loaded) == GOOD
    assert len(loaded.broken) == 1
    assert loaded.broken[0].line >= 1


@pytest.mark.parametrize("how", HARM)
def test_of_a_harmed_pack_without_a_good_copy_nothing_counts(
    own: Path, pack: Path, tmp_path: Path, how: str
) -> None:
    harmed(pack, how)
    loaded = load(own, tmp_path)
    assert brings(loaded) == NOTHING
    assert len(loaded.broken) == 1


def test_a_key_that_is_trusted_no_more_takes_the_copy_with_it(own: Path, pack: Path, tmp_path: Path) -> None:
    load(own, tmp_path)
    source = sites.shipped("jinzhong").read_text(encoding="utf-8")
    (own / "sites" / "jinzhong.toml").write_text(source, encoding="utf-8")
    assert brings(load(own, tmp_path)) == NOTHING


def test_a_pack_that_was_taken_away_is_gone(own: Path, pack: Path, tmp_path: Path) -> None:
    load(own, tmp_path)
    shutil.rmtree(pack)
    loaded = load(own, tmp_path)
    assert loaded.broken == ()
    assert brings(loaded) == NOTHING


def test_a_signed_file_with_a_fault_is_named_and_the_rest_of_the_pack_works(
    own: Path, pack: Path, tmp_path: Path
) -> None:
    load(own, tmp_path)
    form = pack / "forms" / "mine.toml"
    form.write_text(FORM.replace('type = "text"', 'type = "texts"'), encoding="utf-8")
    packs.sign(pack, PRIVATE)
    loaded = load(own, tmp_path)
    assert brings(loaded) == GOOD
    assert [(one.file, one.line, one.field) for one in loaded.broken] == [
        (form, 19, "section[1].field[1].type")
    ]


def test_wording_without_a_signature_is_not_official(own: Path, tmp_path: Path) -> None:
    licensed = questionnaires.shipped("gad7").read_text(encoding="utf-8")
    licensed = licensed.replace("official_text = false", "official_text = true")
    (own / "gad7.toml").write_text(licensed, encoding="utf-8")
    loaded = load(own, tmp_path)
    assert brings(loaded) == NOTHING
    assert [one.field for one in loaded.broken] == ["official_text"]


def test_the_first_of_two_packs_with_the_same_file_counts(own: Path, pack: Path, tmp_path: Path) -> None:
    other = shutil.copytree(pack, own / "packs" / "later")
    loaded = load(own, tmp_path)
    assert brings(loaded) == GOOD
    assert {one.file for one in loaded.broken} == {other / packs.MANIFEST}


def test_a_name_that_leads_out_of_the_pack_is_refused(pack: Path) -> None:
    manifest = pack / packs.MANIFEST
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text + '"../secret.toml" = "00"\n', encoding="utf-8")
    signed.sign(manifest, PRIVATE)
    with pytest.raises(ResourceError, match="out of the pack"):
        packs.load(pack, [PUBLIC])
