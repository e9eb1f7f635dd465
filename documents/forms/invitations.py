"""The form for ordering invitation letters."""

from operator import attrgetter
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.language import LANGUAGE_CODES
from documents.forms.orders import OrderForm
from documents.forms.picking import rows_to_tick
from documents.models import Batch, Document
from events.models import Event, Organisation


class InvitationOrderForm(OrderForm):
    """Invitation letters: to which of the invited bodies, and how for two chambers."""

    which = forms.ChoiceField(
        label=_("Letters to"),
        choices=[
            ("all", _("all invited parliaments and bodies")),
            ("without", _("those that have no letter yet")),
            ("picked", _("only those chosen here")),
        ],
        widget=forms.RadioSelect,
    )
    q = forms.CharField(
        label=_("Find a parliament or body"),
        required=False,
        max_length=60,
        widget=forms.TextInput({"type": "search"}),
        help_text=_("Part of its name, its country or its code."),
    )
    picked: "forms.ModelMultipleChoiceField[Organisation]" = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("Chosen"), required=False, to_field_name="code"
    )
    chambers = forms.ChoiceField(
        label=_("Parliaments with two chambers"), widget=forms.RadioSelect, choices=Batch.Chambers.choices
    )
    choices = Batch.Languages.choices
    picker = "documents_desk/_picker.html"
    field_order = ("which", "q", "picked", "languages", "chambers", "date")

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        defaults = {"which": "all", "languages": Batch.Languages.OWN, "chambers": Batch.Chambers.TOGETHER}
        super().__init__(event, *args, **kwargs | {"initial": defaults | kwargs.get("initial", {})})
        self.invited = Organisation.objects.filter(invitations__event=event)
        cast("forms.ModelMultipleChoiceField[Organisation]", self.fields["picked"]).queryset = self.invited

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "picked" in cleaned and cleaned.get("which") and not self.organisations.exists():
            if cleaned["which"] == "picked":
                self.add_error("q", _("Choose at least one parliament or body: find it, then tick it."))
            else:
                self.add_error("which", _("There is nobody to write to here."))
        return cleaned

    @property
    def organisations(self) -> Any:
        """The bodies to which the letters go."""
        if self.cleaned_data["which"] == "picked":
            return self.cleaned_data["picked"]
        if self.cleaned_data["which"] == "without":
            return self.without_letter
        return self.invited

    @property
    def without_letter(self) -> Any:
        """The invited bodies for which no letter is valid or being made."""
        letters = Document.objects.expected().filter(event=self.event, kind=Document.Kind.INVITATION)
        return self.invited.exclude(pk__in=letters.values("organisation"))

    @property
    def order(self) -> dict[str, Any]:
        chosen = {"chambers": self.cleaned_data["chambers"], "organisations": list(self.organisations)}
        return super().order | chosen

    @property
    def shown(self) -> list[tuple[str, Organisation, bool]]:
        """The bodies to tick, sorted by name: (code, organisation, is ticked)."""
        return rows_to_tick(self, self.invited.order_by("name"), key=attrgetter("code"), text=_names)


def _names(organisation: Organisation) -> str:
    texts = [organisation.code]
    for field in ("name", "country", "acronym"):
        texts += [getattr(organisation, f"{field}_{code}") or "" for code in LANGUAGE_CODES]
    return " ".join(texts)
