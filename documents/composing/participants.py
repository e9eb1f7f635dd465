"""Compose the list of participants: people who are confirmed and may be named, in the order of protocol."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import cast

from django.utils import translation

from documents.composing.event_papers import common_fields, drafts_in_each_language
from documents.composing.orders import Draft, Order
from documents.composing.texts import text
from documents.papers import Line, ListedBody, ListedPart, ListedPerson, ParticipantsSnapshot
from events import dates
from events.collation import SortKey, sort_key
from events.models import Event, EventOrganiser, Organisation
from registration.models import Delegation, Parliament, Participant
from registration.models.participant import ParticipantQuerySet
from registration.roles import honorific_of, role_of

Group, Status, Gender = Delegation.Group, Parliament.Status, Participant.Gender
Role = Participant.Role

_HEADING = {
    "en": {True: "List of participants", False: "Provisional list of participants"},
    "es": {True: "Lista de participantes", False: "Lista provisional de participantes"},
}
_STATUS = {
    "en": {True: "Final list, {}", False: "Registrations confirmed up to {}"},
    "es": {True: "Lista definitiva, {}", False: "Inscripciones confirmadas hasta el {}"},
}
_MEMBERS, _ASSOCIATES, _OBSERVERS, _OTHERS, _PANELLISTS, _HOST, _SECRETARIAT = range(7)
_PARTS = {
    "en": (
        "Members",
        "Associate Members",
        "Observers",
        "Other participants",
        "Panellists",
        "Host parliament",
        "Secretariat",
    ),
    "es": (
        "Miembros",
        "Miembros Asociados",
        "Observadores",
        "Otros participantes",
        "Ponentes",
        "Parlamento anfitrión",
        "Secretaría",
    ),
}
_HOST_OF_ANOTHER_KIND = {"en": "Host", "es": "Anfitrión"}
_PART_OF_STATUS = {
    Status.MEMBER: _MEMBERS,
    Status.ASSOCIATE: _ASSOCIATES,
    Status.OBSERVER: _OBSERVERS,
    Status.NON_MEMBER: _OTHERS,
}
_PART_OF_GROUP = {
    Group.PANELLISTS: _PANELLISTS,
    Group.HOST: _HOST,
    Group.SECRETARIAT: _SECRETARIAT,
    Group.PRESS: _OTHERS,
}
_GENDERS = {
    "en": {
        Gender.WOMAN: ("woman", "women"),
        Gender.MAN: ("man", "men"),
        "": ("another gender or not stated", "another gender or not stated"),
    },
    "es": {
        Gender.WOMAN: ("mujer", "mujeres"),
        Gender.MAN: ("hombre", "hombres"),
        "": ("otro género o no indicado", "otro género o no indicado"),
    },
}
_NOT_NAMED = {
    "en": "Confirmed, but not named because they have not agreed to it: {}.",
    "es": "Personas confirmadas que no figuran porque no han dado su consentimiento: {}.",
}


def participant_lists(order: Order) -> list[Draft]:
    """Return the list in each language of the order. Options: `final`, `cut_off` (a moment).

    Raises NothingToWrite.
    """
    return drafts_in_each_language(order, participants_paper)


def participants_paper(event: Event, language: str, order: Order) -> ParticipantsSnapshot:
    """Return the list, without reference and code. Raises Incomplete."""
    is_final = bool(order.options.get("final"))
    with translation.override(language):
        people = _confirmed(event, order)
        named = list(people.listed())
        return ParticipantsSnapshot(
            **common_fields(event, language, order.date, _HEADING[language][is_final]),
            status=_STATUS[language][is_final].format(_as_of(event, language, order)),
            parts=_parts(event, named, language),
            genders=_genders(named, language),
            note=_note(people.filter(erased_at=None).count() - len(named), language),
        )


def _confirmed(event: Event, order: Order) -> ParticipantQuerySet:
    """Return everybody who was confirmed by the cut-off. Only the columns that the list needs are loaded."""
    people = Participant.objects.with_status(Participant.Status.CONFIRMED).filter(delegation__event=event)
    if not order.options.get("final"):
        people = people.filter(confirmed_at__lte=_cut_off(order))
    shown = ("role", "honorific", "given_names", "family_names", "gender", "affiliation", "erased_at")
    lines = ("function", "body_function")
    typed = (f"{name}{suffix}" for name in lines for suffix in ("", "_language", "_translation"))
    return (
        people.select_related("delegation__organisation__parliament")
        .in_order()
        .only("order", *shown, *typed, "delegation")
    )


def _cut_off(order: Order) -> datetime:
    return datetime.fromisoformat(cast(str, order.options["cut_off"]))


def _as_of(event: Event, language: str, order: Order) -> str:
    if order.options.get("final"):
        return dates.long_date(order.date, language)
    return dates.moment(_cut_off(order), event.tz, language)


def _parts(event: Event, people: Iterable[Participant], language: str) -> tuple[ListedPart, ...]:
    """Return the parts that have people, each with its bodies in alphabetical order."""
    hosts = hosts_of(event)
    headings = list(_PARTS[language])
    if hosts and not any(one.kind == Organisation.Kind.NATIONAL for one in hosts):
        headings[_HOST] = _HOST_OF_ANOTHER_KIND[language]
    bodies: dict[int, list[tuple[SortKey, SortKey, ListedBody]]] = {}
    for delegation, theirs in _by_delegation(people):
        body = _body(delegation, theirs, hosts, language)
        keys = sort_key(body.name, language), sort_key(body.body, language)
        bodies.setdefault(_part_index(delegation), []).append((*keys, body))
    return tuple(
        ListedPart(heading, tuple(body for *_keys, body in sorted(bodies[part], key=lambda one: one[:2])))
        for part, heading in enumerate(headings)
        if part in bodies
    )


def _by_delegation(people: Iterable[Participant]) -> Iterable[tuple[Delegation, list[Participant]]]:
    """Yield each delegation with its people, which stay in the order of precedence."""
    ordered = sorted(people, key=lambda one: one.delegation_id)  # sorted() is stable
    for _pk, group in groupby(ordered, key=lambda one: one.delegation_id):
        theirs = list(group)
        yield theirs[0].delegation, theirs


def _part_index(delegation: Delegation) -> int:
    if delegation.group:
        return _PART_OF_GROUP[Group(delegation.group)]
    parliament = getattr(delegation.organisation, "parliament", None)
    return _PART_OF_STATUS[Status(parliament.status)] if parliament else _OTHERS


def _body(
    delegation: Delegation, people: list[Participant], hosts: list[Organisation], language: str
) -> ListedBody:
    """Return the body with its people, the head of delegation first; panellists are sorted by name."""
    if delegation.group == Group.PANELLISTS:
        people = sorted(people, key=lambda one: sort_key(f"{one.family_names} {one.given_names}", language))
    else:
        people = sorted(people, key=lambda one: one.role != Role.HEAD)
    name, body = names_of(delegation, hosts, language)
    return ListedBody(name, body, tuple(_listed(one, delegation, language) for one in people))


def hosts_of(event: Event) -> list[Organisation]:
    """Return the organisations that host the event."""
    return [one.organisation for one in event.organisers.all() if one.role == EventOrganiser.Role.HOSTED]


def names_of(delegation: Delegation, hosts: list[Organisation], language: str) -> tuple[str, str]:
    """Return the name under which a delegation is listed, and the parliament's name if that is a country.

    Groups may have no name.
    """
    if (organisation := delegation.organisation) is not None:
        name, country = text(organisation, "name", language), text(organisation, "country", language)
        is_national = organisation.kind == Organisation.Kind.NATIONAL
        return (country, name) if is_national and country else (name or str(organisation), "")
    if delegation.group == Group.HOST:
        return " · ".join(text(one, "name", language) or str(one) for one in hosts), ""
    return (delegation.name, "") if delegation.group == Group.PRESS else ("", "")


def _listed(person: Participant, delegation: Delegation, language: str) -> ListedPerson:
    return ListedPerson(
        honorific=honorific_of(person),
        given_names=person.given_names,
        family_names=person.family_names,
        role="" if delegation.group else role_of(person),
        lines=tuple(lines_of(person, language)),
    )


def lines_of(person: Participant, language: str) -> Iterable[Line]:
    """Yield the lines about the person's work, in the paper's language if the secretariat has translated them."""
    for name in ("function", "body_function"):
        typed, translated = getattr(person, name), getattr(person, f"{name}_translation")
        typed_in = getattr(person, f"{name}_language")
        if typed and translated and typed_in != language:
            yield Line(translated, language)
        elif typed:
            yield Line(typed, typed_in)
    if person.affiliation:
        yield Line(person.affiliation)


def _genders(people: Iterable[Participant], language: str) -> str:
    """Return “77 women, 105 men” for the whole list: totals of a small group could reveal a person's gender."""
    words = _GENDERS[language]
    counted = Counter(one.gender if one.gender in words else "" for one in people)
    return ", ".join(
        f"{counted[gender]} {one if counted[gender] == 1 else many}"
        for gender, (one, many) in words.items()
        if counted[gender]
    )


def _note(number: int, language: str) -> str:
    return _NOT_NAMED[language].format(number) if number else ""
