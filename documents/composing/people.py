"""Select the people of an order, compose what documents say about a person, and find what is missing."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from documents.composing.orders import Order
from documents.composing.participants import hosts_of
from documents.composing.texts import text
from documents.models import Kind
from events.dates import long_date
from events.models import Event, Organisation
from registration.countries import names as country_names
from registration.models import Delegation, Participant
from registration.roles import honorific_of, role_of

PASSPORT = ("nationality", "birth_date", "passport_number", "passport_country", "passport_expires_on")
_Status = Participant.Status


def chosen_people(order: Order) -> QuerySet[Participant]:
    """Return the people that the order names; otherwise the confirmed people of its delegations or of the event.

    Of the confirmed people, only those whose attendance is recorded get certificates, if any attendance is
    recorded.
    """
    people = Participant.objects.filter(delegation__event=order.event, erased_at=None).select_related(
        "delegation__event", "delegation__organisation", "delegation__invitation", "delegation__lead"
    )
    in_order = people.order_by("delegation__organisation__code", "delegation__group", "order", "pk")
    if "people" in order.options:
        return in_order.filter(pk__in=order.options["people"])
    if "delegations" in order.options:
        in_order = in_order.filter(delegation__in=order.options["delegations"])
    if order.kind == Kind.CERTIFICATE and is_attendance_noted(order.event):
        in_order = in_order.exclude(attended_at=None)
    return in_order.with_status(_Status.CONFIRMED)


def is_attendance_noted(event: Event) -> bool:
    """Return True if attendance is recorded for anybody. If not, all confirmed people get certificates."""
    return Participant.objects.attended(event).exists()


def chosen_delegations(order: Order) -> QuerySet[Delegation]:
    """Return the delegations that the order names; otherwise all with a confirmed person.

    Each has its people prefetched.
    """
    delegations = Delegation.objects.filter(event=order.event).select_related(
        "event", "organisation", "invitation", "lead"
    )
    in_order = delegations.order_by("organisation__code", "group").prefetch_related("participants")
    if "delegations" in order.options:
        return in_order.filter(pk__in=order.options["delegations"])
    confirmed = Participant.objects.with_status(_Status.CONFIRMED).filter(
        delegation=OuterRef("pk"), erased_at=None
    )
    return in_order.filter(Exists(confirmed))


def confirmed_people(delegation: Delegation) -> list[Participant]:
    """Return the delegation's confirmed people, by precedence. Uses prefetched rows and makes no query then."""
    everybody = delegation.participants.all()
    people = [person for person in everybody if person.status == _Status.CONFIRMED and not person.erased_at]
    return sorted(people, key=lambda person: (person.order, person.pk))


def missing_for_document(person: Participant, kind: Kind, *, noted: bool) -> Iterator[str]:
    """Yield one sentence for each thing that prevents the document. The sentences name nobody.

    `noted` is the result of `is_attendance_noted` for the event; the caller asks once for many people.
    """
    if person.status != _Status.CONFIRMED:
        yield _("The registration of this person is not confirmed.")
    if kind == Kind.VISA_LETTER:
        yield from _missing_for_visa(person)
    elif kind == Kind.CERTIFICATE and noted and not person.attended_at:
        yield _("The attendance of this person has not been noted.")


def _missing_for_visa(person: Participant) -> Iterator[str]:
    event = person.delegation.event
    if event.mode == Event.Mode.ONLINE:
        yield _("The event is held online: nobody needs a visa.")
    elif person.attendance == Participant.Attendance.ONLINE:
        yield _("This person takes part online and needs no visa.")
    for name in PASSPORT:
        if not getattr(person, name):
            yield _("%(field)s is missing.") % {"field": capfirst(_label(name))}
    if person.passport_expires_on and person.passport_expires_on < event.last_day:
        yield _("The passport expires before the end of the event.")


def _label(name: str) -> str:
    return str(Participant._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def own_language(delegation: Delegation) -> str:
    """Return the language of the delegation's documents: of its invitation or its lead coordinator, or ""."""
    if delegation.invitation:
        return delegation.invitation.language
    return delegation.lead.language if delegation.lead else ""


def subject_of(delegation: Delegation) -> str:
    """Return the beginning of the subject of its documents: UY, or G17 for a group."""
    return delegation.organisation.code if delegation.organisation else f"G{delegation.pk}"


def organisation_of(delegation: Delegation) -> Organisation | None:
    """Return the delegation's organisation; for the host's group, the only host of the event; or None."""
    if delegation.group != Delegation.Group.HOST:
        return delegation.organisation
    hosts = hosts_of(delegation.event)
    return hosts[0] if len(hosts) == 1 else None


def body_name(delegation: Delegation, language: str) -> str:
    """Return the name of the organisation, or the name of the group."""
    if organisation := organisation_of(delegation):
        return text(organisation, "name", language) or organisation.name
    with translation.override(language):
        return str(delegation.get_group_display())


def formal_name(person: Participant, language: str) -> str:
    """Return the name as in the passport, with the form of address: “Ms. Specimen One”."""
    with translation.override(language):
        return " ".join(filter(None, (honorific_of(person), person.full_name)))


def role_name(person: Participant, language: str) -> str:
    """Return the role: “Head of delegation”, “Jefa de la delegación”."""
    with translation.override(language):
        return role_of(person)


def function_and_language(person: Participant, language: str) -> tuple[str, str]:
    """Return the function and its language: the translation if there is one, or else as typed."""
    if person.function_language != language and person.function_translation:
        return person.function_translation, language
    return person.function, person.function_language


def country_name(code: str, language: str) -> str:
    """Return the name of the country; the code itself if it is unknown."""
    return country_names(language).get(code, code) if code else ""


def initials_and_country(person: Participant, language: str) -> str:
    """Return everything that the verification page says about a person: “S. O., Uruguay”."""
    initials = " ".join(f"{word[0]}." for word in person.full_name.split() if not word[0].islower())
    organisation = person.delegation.organisation
    country = text(organisation, "country", language) if organisation else ""
    return ", ".join(filter(None, (initials, country)))


def values_of(person: Participant, language: str) -> dict[str, str]:
    """Return the values of the placeholders about the person, including the passport; "" if a value is not known."""
    role = role_name(person, language)
    return values_of_delegation(person.delegation, language) | {
        "name": person.full_name,
        "name_with_title": formal_name(person, language),
        "role": role[:1].lower() + role[1:],
        "function": function_and_language(person, language)[0],
        "nationality": country_name(person.nationality, language),
        "birth_date": long_date(person.birth_date, language) if person.birth_date else "",
        "passport_number": person.passport_number,
        "passport_country": country_name(person.passport_country, language),
        "passport_expiry": long_date(person.passport_expires_on, language)
        if person.passport_expires_on
        else "",
    }


def values_of_delegation(delegation: Delegation, language: str) -> dict[str, str]:
    """Return the values of the placeholders about the person's body."""
    organisation, body = organisation_of(delegation), body_name(delegation, language)
    if organisation is None:
        return {"parliament": body, "parliament_in_sentence": body, "country_in_sentence": ""}
    country = text(organisation, "country_in_sentence", language) or text(organisation, "country", language)
    return {
        "parliament": body,
        "parliament_in_sentence": text(organisation, "name_in_sentence", language) or body,
        "country_in_sentence": country,
    }
