"""The page where each kind of document is ordered, and the numbers that the desk shows for it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from documents.forms import (
    AgendaForm,
    BadgeForm,
    CertificateForm,
    ConfirmationForm,
    EventPaperForm,
    InvitationOrderForm,
    OrderForm,
    ParticipantsForm,
    PersonConfirmationForm,
    ProgrammeForm,
    VisaLetterForm,
)
from documents.models import Badge, Kind
from documents.models.badge import people_without_badge
from events.models import Event
from registration.models import Participant


def _no_facts(_event: Event) -> list[str]:
    return []


def _invitation_facts(event: Event) -> list[str]:
    """Return the number of invited bodies, and of those without a letter."""
    letters = InvitationOrderForm(event)
    invited, without = letters.invited.count(), letters.without_letter.count()
    if not invited:
        return [_("No parliament is invited yet.")]
    sentence = ngettext("%(count)s invited", "%(count)s invited", invited) % {"count": invited}
    return [
        sentence,
        ngettext("%(count)s without a letter", "%(count)s without a letter", without) % {"count": without},
    ]


def _list_facts(event: Event) -> list[str]:
    """Return the number of people that a list would name now."""
    named = Participant.objects.listed().filter(delegation__event=event).count()
    return [
        ngettext("%(count)s person may be named", "%(count)s people may be named", named) % {"count": named}
    ]


def _badge_facts(event: Event) -> list[str]:
    """Return the number of valid badges, and of people without a badge."""
    valid, without = (
        Badge.objects.filter(event=event).printed().valid().count(),
        people_without_badge(event).count(),
    )
    return [
        ngettext("%(count)s valid badge", "%(count)s valid badges", valid) % {"count": valid},
        ngettext("%(count)s without a badge", "%(count)s without a badge", without) % {"count": without},
    ]


def _confirmed_facts(event: Event) -> list[str]:
    """Return the number of confirmed people."""
    people = Participant.objects.with_status(Participant.Status.CONFIRMED).filter(delegation__event=event)
    count = people.filter(erased_at=None).count()
    return [ngettext("%(count)s person confirmed", "%(count)s people confirmed", count) % {"count": count}]


def _attendance_facts(event: Event) -> list[str]:
    """Return the number of people who attended; of confirmed people if no attendance is recorded."""
    count = Participant.objects.attended(event).count()
    sentence = ngettext("%(count)s person attended", "%(count)s people attended", count) % {"count": count}
    return [sentence] if count else _confirmed_facts(event)


def _visa_facts(event: Event) -> list[str]:
    """Return the number of confirmed people who asked for a visa-support letter in their registration."""
    people = Participant.objects.with_status(Participant.Status.CONFIRMED).filter(delegation__event=event)
    count = people.filter(visa_letter=True, erased_at=None).count()
    return [ngettext("%(count)s wants a letter", "%(count)s want a letter", count) % {"count": count}]


@dataclass(frozen=True, slots=True)
class OrderPage:
    """Address, form and title of the page where one kind is ordered. `facts` returns the sentences for the desk."""

    address: str
    form: type[OrderForm]
    title: Promise
    name: str
    facts: Callable[[Event], list[str]] = _no_facts


ORDER_PAGES: dict[Kind, OrderPage] = {
    Kind.INVITATION: OrderPage(
        "letters", InvitationOrderForm, gettext_lazy("Make letters"), "order", _invitation_facts
    ),
    Kind.COLLECTIVE: OrderPage(
        "collective-letter", OrderForm, gettext_lazy("Make the collective letter"), "order-collective"
    ),
    Kind.AIDE_MEMOIRE: OrderPage(
        "aide-memoire", EventPaperForm, gettext_lazy("Make the aide-memoire"), "order-aide-memoire"
    ),
    Kind.PROGRAMME: OrderPage(
        "programme", ProgrammeForm, gettext_lazy("Make the programme"), "order-programme"
    ),
    Kind.AGENDA: OrderPage("agenda", AgendaForm, gettext_lazy("Make the agenda"), "order-agenda"),
    Kind.PRACTICAL_NOTE: OrderPage(
        "practical-note",
        EventPaperForm,
        gettext_lazy("Make the practical information note"),
        "order-practical-note",
    ),
    Kind.CONFIRMATION: OrderPage(
        "confirmations",
        ConfirmationForm,
        gettext_lazy("Make confirmations of delegations"),
        "order-confirmations",
        _confirmed_facts,
    ),
    Kind.PERSON_CONFIRMATION: OrderPage(
        "person-confirmations",
        PersonConfirmationForm,
        gettext_lazy("Make confirmations of people"),
        "order-person-confirmations",
        _confirmed_facts,
    ),
    Kind.VISA_LETTER: OrderPage(
        "visa-letters",
        VisaLetterForm,
        gettext_lazy("Make visa-support letters"),
        "order-visa-letters",
        _visa_facts,
    ),
    Kind.CERTIFICATE: OrderPage(
        "certificates",
        CertificateForm,
        gettext_lazy("Make certificates of attendance"),
        "order-certificates",
        _attendance_facts,
    ),
    Kind.PARTICIPANTS: OrderPage(
        "participants",
        ParticipantsForm,
        gettext_lazy("Make the list of participants"),
        "order-participants",
        _list_facts,
    ),
    Kind.BADGES: OrderPage("badges", BadgeForm, gettext_lazy("Make badges"), "order-badges", _badge_facts),
}
"""The kinds on the desk. A kind that is not here has no page for orders."""
