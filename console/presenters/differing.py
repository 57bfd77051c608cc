"""Where two texts of a note differ, in words; numbers are masked until somebody gave a reason."""

from collections.abc import Mapping

from console.presenters.times import local
from console.workstation import Workstation
from models.access.reasons import UnmaskReason
from models.calls.call import Call
from models.notes.form import Field, FieldType
from models.notes.joining import CATEGORY, LOG, Difference, differences
from models.notes.note import DraftVersion, Note, NoteBody, Value
from models.people.number import mask_within
from models.sync.held import HeldAct
from resources.enumerations import Enumerations, label
from resources.texts import language, t
from widgets.sync.view import DifferenceView, TextsView

_GLUES = {FieldType.LONG_TEXT: "\n", FieldType.TEXT: " / ", FieldType.PLACE: " / "}


async def unmask(station: Workstation, note: Note, reason: UnmaskReason) -> bool:
    """Show the numbers in the texts of a note for a short time, as that of its call; False: not allowed."""
    beside = await station.shelf.of_call(note.call)
    known = (one for one in beside if isinstance(one, Call))
    call = next(known, None) or Call(note.call, note.site, "", "")
    return station.access.unmask(call, note, beside, reason)


class Words:
    """Fields and choices of notes as people read them.

    A number in a field that may tell who the caller is, or in one that no form knows, is masked wherever it
    is not said to be shown `whole`.
    """

    def __init__(self, fields: Mapping[str, Field], names: Enumerations) -> None:
        self._names = names
        self._fields = fields

    @property
    def glue(self) -> Mapping[str, str]:
        """What stands between two texts of one field, for each field of words."""
        return {key: _GLUES[field.type] for key, field in self._fields.items() if field.type in _GLUES}

    def texts(self, note: Note, version: DraftVersion, more: int, *, whole: bool) -> TextsView:
        """Two texts side by side."""
        rows = self.changes(note.body, version.body, whole=whole)
        return TextsView(
            note.id,
            version.op,
            t("sync.texts_heading", time=f"{local(note.opened_at):%m-%d %H:%M}"),
            local(note.updated_at or note.opened_at),
            local(version.at),
            rows,
            more,
            masked=not whole and rows != self.changes(note.body, version.body, whole=True),
        )

    def of_act(self, act: HeldAct) -> tuple[tuple[str, str], ...]:
        """The words of a held act, field by field."""
        body = act.body.get("doc", act.body)
        body = body.get("body", body)
        values = body.get("values", {})
        texts = NoteBody(str(body.get("category", "")), values if isinstance(values, dict) else {})
        found = differences(NoteBody(), texts, tuple(self._fields))
        return tuple((self._name(one.key), self._value(one.key, one.other, whole=False)) for one in found)

    def changes(self, before: NoteBody, after: NoteBody, *, whole: bool) -> tuple[DifferenceView, ...]:
        """What became of one text in another, field by field."""
        found = differences(before, after, tuple(self._fields))
        return tuple(self._difference(one, whole=whole) for one in found)

    def _difference(self, one: Difference, *, whole: bool) -> DifferenceView:
        sides = (self._value(one.key, text, whole=whole) for text in (one.mine, one.other))
        return DifferenceView(self._name(one.key), *sides)

    def _name(self, key: str) -> str:
        if key in (CATEGORY, LOG):
            return t(f"sync.{key}")
        return self._fields[key].label(language()) if key in self._fields else key

    def _value(self, key: str, value: Value | None, *, whole: bool) -> str:
        if value is None:
            return ""
        values = value if isinstance(value, (tuple, list)) else (str(value),)
        choices = "call_category" if key == CATEGORY else self._choices(key)
        if choices:
            return t("lead.separator").join(label(self._names, choices, one, language()) for one in values)
        said = ("\n" if key == LOG else t("lead.separator")).join(values)
        return said if whole or not self._may_name(key) else mask_within(said)

    def _may_name(self, key: str) -> bool:
        return key not in self._fields or self._fields[key].personal

    def _choices(self, key: str) -> str:
        return self._fields[key].choices if key in self._fields else ""
