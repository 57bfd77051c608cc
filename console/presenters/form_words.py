"""What was filled into a note, in words: by the form and the choices of the day it was written."""

from collections.abc import Iterator, Mapping

from models.followups.in_note import NUMBER
from models.notes.filling import ASK_STATES, ASKED, LOG, YES_NO_STATES, elsewhere, field_of, filled
from models.notes.form import Field, FieldType, Form
from models.notes.forms import Former, NoteForms
from models.notes.note import Note, NoteBody, Value
from models.people.number import mask_within
from resources.enumerations import Enumerations, label
from resources.texts import language, t

CATEGORIES = "call_category"


class FormWords:
    """Writes fields out in the words of forms and enumerations."""

    def __init__(self, forms: NoteForms, names: Enumerations) -> None:
        self._forms, self._names = forms, names

    def of(self, note: Note) -> tuple[tuple[str, str], ...]:
        """All that a note says, field by field; where its form is not here, a sentence says so first."""
        body = note.body
        former = self._forms.named(note.form, note.form_version)
        said = [(t("notes.category"), self.name(CATEGORIES, body.category, former))]
        if former is None:
            sentence = t("notes.form_missing", form=note.form, version=note.form_version)
            said = [(t("notes.form"), sentence), *said]
        own = former.form.fields if former is not None else tuple(self._forms.fields.values())
        keys = dict.fromkeys((*(field.key for field in own), *map(field_of, body.values)))
        return (*said, *self._entries(keys, body.values, former))

    def elsewhere(self, form: Form, body: NoteBody) -> tuple[tuple[str, str], ...]:
        """What is filled in and has no place on a form, in words."""
        keys = elsewhere(form, body)
        named = dict.fromkeys(field_of(key) for key in keys if key != LOG)
        entries = tuple(self._entries(named, {key: body.values[key] for key in keys if key != LOG}, None))
        if LOG not in keys:
            return entries
        lines = (one.text for one in body.log if one.text.strip())
        return (*entries, (self._label(LOG, None), t("lead.separator").join(lines)))

    def name(self, choices: str, code: str, former: Former | None = None) -> str:
        """The label of a code as it was called then; the code itself where it belongs to no enumeration."""
        if not choices:
            return code
        then = label(former.choices if former else {}, choices, code, language())
        return then if then != code else label(self._names, choices, code, language())

    def _entries(
        self, keys: Mapping[str, object], values: Mapping[str, Value], former: Former | None
    ) -> Iterator[tuple[str, str]]:
        for key in keys:
            field = self._field(key, former)
            value, asked = values.get(key), values.get(key + ASKED)
            said = [self._words(field, value, former)] if value is not None and filled(value) else []
            said += [t(f"risk.state_{asked}")] if asked in ASK_STATES else []
            if said:
                yield self._label(key, field), t("lead.separator").join(said)

    def _field(self, key: str, former: Former | None) -> Field | None:
        own = former.form.fields if former is not None else ()
        return next((one for one in own if one.key == key), None) or self._forms.field(key)

    def _label(self, key: str, field: Field | None) -> str:
        known = field or self._forms.field(key)
        return known.label(language()) if known is not None else key

    def _words(self, field: Field | None, value: Value, former: Former | None) -> str:
        if field is not None and field.type is FieldType.YES_NO and value in YES_NO_STATES:
            return t(f"risk.state_{value}")
        if field is not None and field.key == NUMBER:
            return mask_within(str(value))
        choices = field.choices if field is not None else ""
        several = value if isinstance(value, tuple) else (str(value),)
        return t("lead.separator").join(self.name(choices, one, former) for one in several)
