"""The forms for ordering documents about confirmed people."""

from typing import Any, cast

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.composing.orders import Order
from documents.composing.people import chosen_delegations, chosen_people, is_attendance_noted
from documents.forms.orders import OrderForm, today
from documents.models import Batch, Document, Kind
from events.models import Event
from registration.models import Delegation, Participant


def _name(obj: Delegation) -> str:
    return obj.name


class PeopleOrderForm(OrderForm):
    """Documents for all confirmed people or those without one, of one delegation or of the event."""

    kind: Kind
    who: "forms.ChoiceField" = forms.ChoiceField(label=_("For whom"), widget=forms.RadioSelect)
    delegation: "forms.ModelChoiceField[Delegation]" = forms.ModelChoiceField(
        Delegation.objects.none(), label=_("Delegation"), required=False, empty_label=_("all delegations")
    )
    choices = Batch.Languages.choices
    groups: tuple[tuple[str, Promise], ...] = (
        ("without", _("those who have none yet")),
        ("all", _("all who are confirmed")),
    )

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(event, *args, **kwargs)
        cast(forms.ChoiceField, self.fields["who"]).choices = self.groups
        self._order = Order(event, self.kind, today(event))
        delegations = cast("forms.ModelChoiceField[Delegation]", self.fields["delegation"])
        delegations.queryset = chosen_delegations(self._order)
        delegations.label_from_instance = _name  # type: ignore[method-assign]
        first = {"languages": Batch.Languages.OWN, "who": self.groups[0][0]}
        self.initial = {**self.initial, **first, **kwargs.get("initial", {})}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.order["options"][self.names]:
            raise forms.ValidationError(_("Nobody matches this choice."))
        return cleaned

    @property
    def names(self) -> str:
        """The option of the order that holds the keys."""
        return "people"

    @property
    def order(self) -> dict[str, Any]:
        return super().order | {"options": {self.names: list(self.chosen().values_list("pk", flat=True))}}

    @property
    def option_fields(self) -> list[forms.BoundField]:
        return [self["who"], self["delegation"]]

    def chosen(self) -> "QuerySet[Any]":
        """Return the people for whom documents are ordered."""
        people = chosen_people(self._order)
        if delegation := self.cleaned_data.get("delegation"):
            people = people.filter(delegation=delegation)
        return people if self.cleaned_data["who"] == "all" else people.exclude(self._has_one("participant"))

    def _has_one(self, of: str) -> Exists:
        papers = Document.objects.expected().filter(kind=self.kind, event=self.event)
        return Exists(papers.filter(**{of: OuterRef("pk")}))


class VisaLetterForm(PeopleOrderForm):
    """Visa-support letters. The first choice is the people who have asked for one."""

    kind = Kind.VISA_LETTER
    groups = (
        ("asked", _("those who want one, by their registration, and have none yet")),
        *PeopleOrderForm.groups,
    )

    def chosen(self) -> "QuerySet[Participant]":
        people = super().chosen()
        return people.filter(visa_letter=True) if self.cleaned_data["who"] == "asked" else people


class PersonConfirmationForm(PeopleOrderForm):
    """Confirmations of single people."""

    kind = Kind.PERSON_CONFIRMATION


class CertificateForm(PeopleOrderForm):
    """Certificates for people who attended; for all confirmed people if no attendance is recorded."""

    kind = Kind.CERTIFICATE

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(event, *args, **kwargs)
        who = cast(forms.ChoiceField, self.fields["who"])
        if is_attendance_noted(event):
            who.choices = [
                ("without", _("those who attended and have none yet")),
                ("all", _("all who attended")),
            ]
        else:
            who.help_text = _(
                "No attendance has been noted, so certificates are for all who are confirmed. Attendance is noted in "
                "the administration, in the list of participants or of badges."
            )


class ConfirmationForm(PeopleOrderForm):
    """Confirmations of whole delegations."""

    kind = Kind.CONFIRMATION
    groups = (
        ("without", _("delegations that have none yet")),
        ("all", _("all delegations with somebody confirmed")),
    )

    @property
    def names(self) -> str:
        return "delegations"

    def chosen(self) -> "QuerySet[Delegation]":
        delegations = chosen_delegations(self._order)
        if delegation := self.cleaned_data.get("delegation"):
            delegations = delegations.filter(pk=delegation.pk)
        return (
            delegations
            if self.cleaned_data["who"] == "all"
            else delegations.exclude(self._has_one("delegation"))
        )
