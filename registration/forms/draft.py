"""The coordinator's page: what is stored, what is typed, and where the two part."""

from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from registration import rules
from registration.forms.fields import TidyLinesField
from registration.forms.people import FIELDS, PREFIX, PeopleFormSet, PersonForm
from registration.models import Delegation, Participant
from registration.services import save_draft


class DetailsForm(forms.Form):
    """What belongs to the delegation as a whole, and the version that the page shows."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    remarks = TidyLinesField(
        label=gettext_lazy("Remarks for the secretariat"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DraftForm:
    """The page of a delegation: its people, its remarks and the version that was shown.

    Made from what is stored, from what was typed, or from what was typed with a row more or less; typed text
    survives all of them, refusals too.
    """

    def __init__(self, delegation: Delegation, people: PeopleFormSet, details: DetailsForm) -> None:
        self.delegation, self.people, self.details = delegation, people, details
        self.is_merged = False
        self.differences: list[str] = []

    @classmethod
    def stored(cls, delegation: Delegation) -> Self:
        """As it was saved last; an empty delegation starts with a row for its head."""
        rows = [row_of(participant) for participant in delegation.participants.all()]
        return cls._shown(delegation, rows or [{"role": Participant.Role.HEAD}], delegation.remarks)

    @classmethod
    def typed(cls, delegation: Delegation, data: QueryDict) -> Self:
        """As it was sent, to be checked and saved."""
        return cls(delegation, PeopleFormSet(data, prefix=PREFIX), DetailsForm(data))

    @classmethod
    def rearranged(cls, delegation: Delegation, data: QueryDict, action: str) -> Self:
        """As it was sent, unchecked, with one row more (`add`), struck (`remove:2`) or back (`restore:2`)."""
        rows = typed_rows(data)
        verb, _colon, place = action.partition(":")
        by_place = {str(index): row for index, row in enumerate(rows)}
        if verb == "add" and len(rows) < rules.MOST_PEOPLE:
            rows.append({"focus": "first"})
        elif place in by_place:
            by_place[place] |= {
                "remove": "1" if verb == "remove" else "",
                "focus": "undo" if verb == "remove" else "first",
            }
        return cls._shown(delegation, rows, data.get("remarks", ""), data.get("version", ""))

    @classmethod
    def merged(cls, delegation: Delegation, data: QueryDict) -> Self:
        """What was typed over what somebody else has saved meanwhile; `differences` says where the two part.

        Nothing is lost on either side: people added there are in the form, people removed there are new in it.
        """
        stored = {participant.pk: row_of(participant) for participant in delegation.participants.all()}
        rows = typed_rows(data)
        differences = []
        for row in rows:
            pk = int(row["pk"]) if row["pk"].isdecimal() else None
            if pk in stored:
                differences += row_differences(stored.pop(pk), row)
            elif pk is not None:
                row["pk"] = ""
                differences.append(_("%(person)s has been removed there.") % {"person": name_of(row)})
        differences += [
            _("%(person)s has been added there.") % {"person": name_of(row)} for row in stored.values()
        ]
        form = cls._shown(delegation, [*rows, *stored.values()], data.get("remarks", ""))
        form.is_merged, form.differences = True, differences
        return form

    @classmethod
    def _shown(
        cls, delegation: Delegation, rows: list[dict[str, Any]], remarks: str, version: object = None
    ) -> Self:
        details = {"remarks": remarks, "version": version or delegation.version}
        return cls(delegation, PeopleFormSet(initial=rows, prefix=PREFIX), DetailsForm(initial=details))

    @property
    def has_errors(self) -> bool:
        return bool(self.people.is_bound and not self.is_valid())

    @property
    def kept(self) -> list[PersonForm]:
        """The rows that will be people once they are saved."""
        return [form for form in self.people if form.is_kept]

    def is_valid(self) -> bool:
        return all([self.people.is_valid(), self.details.is_valid()])

    def save(self, *, actor: User, language: str) -> Delegation:
        """Keep the valid form. Raises what `save_draft` raises."""
        return save_draft(
            delegation=self.delegation,
            people=[form.person() for form in self.people if not form.is_blank],
            remarks=self.details.cleaned_data["remarks"],
            version=self.details.cleaned_data["version"],
            language=language,
            actor=actor,
        )


def row_of(participant: Participant) -> dict[str, Any]:
    """A stored person as a row of the form."""
    return {"pk": str(participant.pk), **{name: getattr(participant, name) for name in FIELDS}}


def typed_rows(data: QueryDict) -> list[dict[str, Any]]:
    """The rows that were sent, exactly as they were typed and unchecked."""
    total = data.get(f"{PREFIX}-TOTAL_FORMS", "")
    count = min(int(total), rules.MOST_PEOPLE) if total.isdecimal() and len(total) < 5 else 0
    names = ("pk", "remove", *FIELDS)
    return [{name: data.get(f"{PREFIX}-{index}-{name}", "") for name in names} for index in range(count)]


def name_of(row: dict[str, Any]) -> str:
    return " ".join(part for part in (row["given_names"].strip(), row["family_names"].strip()) if part)


def row_differences(stored: dict[str, Any], typed: dict[str, Any]) -> list[str]:
    """What is stored of a person that differs from what was typed, as sentences."""
    labels = {field.name: field.verbose_name for field in Participant._meta.fields}
    return [
        _("%(person)s: the %(field)s stored is “%(value)s”.")
        % {"person": name_of(stored), "field": labels[name], "value": stored[name]}
        for name in FIELDS
        if stored[name] != typed[name].strip()
    ]
