"""Compose badges: select the people, and compose the text of each badge."""

from collections.abc import Iterable, Sequence
from functools import partial

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.language import LANGUAGE_CODES
from documents.codes import verify_address
from documents.composing.event_papers import common_fields, reload_event
from documents.composing.orders import Draft, NothingToWrite, Order
from documents.composing.participants import hosts_of, lines_of, names_of
from documents.models import Badge
from documents.models.badge import people_for_badges, people_without_badge
from documents.papers import BadgeFace, BadgesSnapshot, Line
from documents.pictures.portraits import portrait_names
from events.collation import sort_key
from events.models import Category, Event, Organisation
from registration.models import Delegation, Parliament, Participant
from registration.roles import role_of

BADGES_PER_DOCUMENT = 500  # badges per document, so that a worker can make it within its two minutes
BLANK_ROLES = (
    Participant.Role.GUEST,
    Participant.Role.DELEGATE,
    Participant.Role.OBSERVER,
    Participant.Role.STAFF,
    Participant.Role.INTERPRETER,
    Participant.Role.SECURITY,
    Participant.Role.PRESS,
    Participant.Role.ACCOMPANYING,
)
_NO_CODE = "-".join(["0000"] * 4)
_HEADING = {"en": "Badges {}", "es": "Distintivos {}"}
_Group = Delegation.Group
_TONES = {
    _Group.PANELLISTS: "guests",
    _Group.SECRETARIAT: "secretariat",
    _Group.HOST: "host",
    _Group.PRESS: "press",
}


def badge_sheets(order: Order) -> list[Draft]:
    """Return the badges of an order, in documents of at most 500. Raises NothingToWrite.

    Options: `people`, keys of participants (without it: everybody who has no badge yet); `blanks`, a number, and
    `blank_role`; `form`, a key of `papers.badges.FORMS`; `photos`.
    """
    event, (language, *_others) = reload_event(order.event), order.languages_for()
    badges = list(order.batch.badges.order_by("number")) if order.batch else _unsaved_badges(order)
    if not badges:
        raise NothingToWrite(no_badges_reason())
    chunks = [
        badges[first : first + BADGES_PER_DOCUMENT] for first in range(0, len(badges), BADGES_PER_DOCUMENT)
    ]
    return [
        Draft(f"{chunk[0].number:04}-{chunk[-1].number:04}", language).with_paper(
            partial(badges_paper, event, language, order, chunk)
        )
        for chunk in chunks
    ]


def no_badges_reason() -> str:
    """Return the sentence for an order without any badge."""
    return _("Everybody who may have a badge has one already.")


def chosen_for_badges(order: Order) -> list[Participant]:
    """Return the people whose badges are ordered, sorted by delegation, then by precedence."""
    keys, (language, *_others) = order.options.get("people"), order.languages_for()
    people = (
        people_without_badge(order.event)
        if keys is None
        else people_for_badges(order.event).filter(pk__in=keys)
    )
    in_precedence = people.select_related(
        "delegation__organisation__parliament", "delegation__event"
    ).in_order()
    return sorted(
        in_precedence,
        key=lambda person: (
            person.delegation.group,
            sort_key("".join(names_of(person.delegation, [], language)), language),
        ),
    )


def badges_paper(event: Event, language: str, order: Order, badges: Sequence[Badge]) -> BadgesSnapshot:
    """Return one document of badges, without reference and code.

    People who are no longer confirmed are left out.
    """
    people = _people(order, badges)
    photos = portrait_names(people.values()) if order.options.get("photos") and order.batch else {}
    numbers = f"{badges[0].number:04}–{badges[-1].number:04}"
    common = common_fields(event, language, order.date, _HEADING[language].format(numbers))
    return BadgesSnapshot(
        language=language,
        title=common["title"],
        form=str(order.options.get("form", "a6")),
        event_title=common["event_title"],
        event_line=" · ".join(filter(None, (common["date_line"], common["place"]))),
        issued=common["issued"],
        specimen=common["specimen"],
        organisation=common["organisation"],
        logo=common["logo"],
        has_photos=bool(order.options.get("photos")),
        faces=tuple(
            _blank(badge, order, language)
            if badge.is_blank
            else _face(badge, people[badge.participant_id], hosts_of(event), photos, language)
            for badge in badges
            if badge.is_blank or badge.participant_id in people
        ),
    )


def _unsaved_badges(order: Order) -> list[Badge]:
    """Return the badges that the order would make, with temporary numbers and an empty code."""
    people = [Badge(event=order.event, participant=person) for person in chosen_for_badges(order)]
    blanks = [
        Badge(event=order.event, is_blank=True) for _number in range(int(order.options.get("blanks", 0)))
    ]
    for number, badge in enumerate([*people, *blanks], start=1):
        badge.number, badge.code = number, _NO_CODE
    return [*people, *blanks]


def _people(order: Order, badges: Iterable[Badge]) -> dict[int | None, Participant]:
    """Return the people of these badges who may still have one, by key."""
    keys = [one.participant_id for one in badges if one.participant_id]
    people = people_for_badges(order.event).filter(pk__in=keys)
    return {one.pk: one for one in people.select_related("delegation__organisation__parliament")}


def _face(
    badge: Badge,
    person: Participant,
    hosts: list[Organisation],
    photos: dict[int, tuple[int, str]],
    language: str,
) -> BadgeFace:
    upload, photo = photos.get(person.pk, (0, ""))
    function = next(iter(lines_of(person, language)), Line(""))
    return BadgeFace(
        badge.number,
        badge.code,
        verify_address(badge.code),
        *_role_words(person, language),
        tone=_tone(person),
        name=str(person),
        function=function.text,
        function_language=function.language,
        body=badge_body(person, hosts, language),
        photo=photo,
        upload=upload,
    )


def _blank(badge: Badge, order: Order, language: str) -> BadgeFace:
    person = Participant(
        role=order.options.get("blank_role", Participant.Role.GUEST), delegation=Delegation()
    )
    return BadgeFace(
        badge.number,
        badge.code,
        verify_address(badge.code),
        *_role_words(person, language),
        tone=_tone(person),
        is_blank=True,
    )


def badge_body(person: Participant, hosts: list[Organisation], language: str) -> str:
    """Return the country or body of the person; for people of the secretariat's groups, their unit if it is known."""
    name, _body = names_of(person.delegation, hosts, language)
    return person.affiliation or name if person.delegation.group else name


def _role_words(person: Participant, language: str) -> tuple[str, str]:
    """Return the role of the person in the badge's language and in the other language."""
    other = next(code for code in LANGUAGE_CODES if code != language)
    return _role_word(person, language), _role_word(person, other)


def _role_word(person: Participant, language: str) -> str:
    with translation.override(language):
        if person.delegation.group in {_Group.SECRETARIAT, _Group.HOST}:
            return str(person.delegation.get_group_display())
        if _tone(person) == Category.OBSERVERS:
            return role_of(Participant(role=Participant.Role.OBSERVER, gender=person.gender))
        return role_of(person)


def _tone(person: Participant) -> str:
    """Return the name of the colour: of the group, of observers for an observer's delegation, or of the category."""
    delegation = person.delegation
    if delegation.group:
        return _TONES[_Group(delegation.group)]
    parliament = getattr(delegation.organisation, "parliament", None)
    is_observer = parliament is not None and parliament.status == Parliament.Status.OBSERVER
    if is_observer and person.category == Category.MEMBERS:
        return str(Category.OBSERVERS)
    return str(person.category)
