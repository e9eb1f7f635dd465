"""The form for ordering badges: people, format and number of blanks."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.language import LANGUAGE_CODES
from documents.composing.badges import BLANK_ROLES
from documents.forms.papers import EventPaperForm
from documents.forms.picking import rows_to_tick
from documents.models import Batch
from documents.models.badge import people_for_badges, people_without_badge
from events.models import Event
from registration.fields import Asked
from registration.models import Participant

MAX_BLANKS = 500


class BadgeForm(EventPaperForm):
    """Badges for everybody without one, or for chosen people, whose earlier badges are replaced; and blanks."""

    which = forms.ChoiceField(
        label=_("Badges for"),
        choices=[
            ("without", _("everybody who has none yet")),
            ("picked", _("only those chosen here; a badge that they have already is replaced")),
            ("blank", _("nobody: only blank ones")),
        ],
        widget=forms.RadioSelect,
    )
    q = forms.CharField(
        label=_("Find a person"),
        required=False,
        max_length=60,
        widget=forms.TextInput({"type": "search"}),
        help_text=_("Part of the name, or of the delegation’s."),
    )
    picked: "forms.ModelMultipleChoiceField[Participant]" = forms.ModelMultipleChoiceField(
        Participant.objects.none(), label=_("Chosen"), required=False
    )
    form = forms.ChoiceField(
        label=_("Format"),
        choices=[
            ("a6", _("A6 upright, four on a sheet of A4")),
            ("small", _("90 × 55 mm, ten on a sheet of A4")),
        ],
        widget=forms.RadioSelect,
    )
    photos = forms.BooleanField(label=_("With photographs"), required=False)
    blanks = forms.IntegerField(
        label=_("Blank badges"),
        required=False,
        min_value=0,
        max_value=MAX_BLANKS,
        help_text=_("Numbered, with lines to write on, for whoever registers at the desk."),
    )
    blank_role = forms.ChoiceField(
        label=_("What the blank ones say"),
        required=False,
        choices=[(role.value, role.label) for role in BLANK_ROLES],
    )
    choices = [choice for choice in Batch.Languages.choices if choice[0] in LANGUAGE_CODES]
    picker = "documents_desk/_people_picker.html"

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        first = {
            "which": "without",
            "languages": LANGUAGE_CODES[0],
            "form": "a6",
            "photos": Asked(event).asks("photo"),
        }
        super().__init__(event, *args, **kwargs | {"initial": first | kwargs.get("initial", {})})
        self.people = people_for_badges(event).select_related("delegation__organisation")
        cast("forms.ModelMultipleChoiceField[Participant]", self.fields["picked"]).queryset = self.people

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("which") == "picked" and "picked" in cleaned and not cleaned["picked"]:
            self.add_error("q", _("Choose at least one person: find them, then tick them."))
        if cleaned.get("which") == "blank" and "blanks" in cleaned and not cleaned["blanks"]:
            self.add_error("blanks", _("Enter how many."))
        return cleaned

    @property
    def order(self) -> dict[str, Any]:
        chosen = self.cleaned_data
        options: dict[str, Any] = {"form": chosen["form"], "photos": chosen["photos"]}
        if chosen["which"] != "without":
            picked = chosen["picked"] if chosen["which"] == "picked" else []
            options["people"] = sorted(one.pk for one in picked)
        if chosen["blanks"]:
            role = chosen["blank_role"] or BLANK_ROLES[0].value
            options |= {"blanks": chosen["blanks"], "blank_role": role}
        return super().order | {"options": options}

    @property
    def option_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("form", "photos", "blanks", "blank_role")]

    @property
    def shown(self) -> list[tuple[str, Participant, bool]]:
        """The people to tick, sorted by family name: (key, person, is ticked)."""
        people = self.people.order_by("family_names", "given_names", "pk")
        return rows_to_tick(self, people, key=lambda one: str(one.pk), text=_names)

    @property
    def without(self) -> int:
        """The number of people without a badge."""
        return people_without_badge(self.event).count()


def _names(person: Participant) -> str:
    return f"{person.full_name} {person.badge_name} {person.delegation.name}"
