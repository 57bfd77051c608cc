from models.notes.limits import MOST_CHARACTERS, fits, storable
from models.notes.note import NoteBody


def test_a_full_field_fits_and_many_full_ones_do_not() -> None:
    full = "长" * MOST_CHARACTERS
    assert fits(NoteBody("C3", {"complaint": full}))
    assert fits(NoteBody("C3", {"complaint": full, "course": full, "plan": full}))
    assert not fits(NoteBody("C3", {str(n): full for n in range(4)}))


def test_what_no_database_takes_is_shown_as_what_it_is() -> None:
    assert storable("a\x00b\ud800c😀") == "a\ufffdb\ufffdc😀"
