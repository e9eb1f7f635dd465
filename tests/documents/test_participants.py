"""The list of participants: the people on it, their order, and the layout."""

import re
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import page
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from documents import services
from documents.composing import NothingToWrite, Order, compose_drafts
from documents.models import Batch, Document, Kind
from documents.papers import Line, ListedBody, ListedPart, ListedPerson
from documents.papers.specimens import specimen
from documents.rendering import render
from documents.services.making import render_and_store
from documents.services.planning import plan
from events.models import Event
from registration.models import Delegation, Parliament
from tests.factories import (
    DelegationFactory,
    EventFactory,
    EventOrganiserFactory,
    OrganisationFactory,
    ParliamentFactory,
    ParticipantFactory,
    StaffFactory,
    UserFactory,
)

DAY = date(2026, 9, 1)
NOON = datetime(2026, 8, 31, 10, 0, tzinfo=UTC)
Policy, Status, Group = Event.ListPublication, Parliament.Status, Delegation.Group


@pytest.fixture
def event(db):
    return EventFactory(list_publication=Policy.RECORD, zone="Europe/Zurich")


def confirmed(delegation, **fields):
    return ParticipantFactory(
        **{"delegation": delegation, "status": "confirmed", "confirmed_at": NOON - timedelta(days=1)} | fields
    )


def parliament(event, country_en, country_es, status=Status.MEMBER):
    """Return the delegation of a parliament with one person."""
    found = ParliamentFactory(
        status=status, organisation__country_en=country_en, organisation__country_es=country_es
    )
    delegation = DelegationFactory(event=event, organisation=found.organisation)
    confirmed(delegation, given_names="Specimen", family_names=country_en)
    return delegation


def written(event, language="en", **options):
    order = Order(event, Kind.PARTICIPANTS, DAY, language, options=options or {"final": True})
    [draft] = compose_drafts(order)
    assert draft.reason == ""
    return draft.paper


def families(paper):
    return [person.family_names for part in paper.parts for body in part.bodies for person in body.people]


def test_parts_stand_in_the_order_of_protocol_and_empty_ones_are_left_out(event):
    for status in reversed(Status):
        parliament(event, status.value, status.value, status)
    for group in Group:
        confirmed(DelegationFactory(event=event, organisation=None, group=group))

    paper = written(event)

    assert [(part.heading, part.named_bodies, part.number) for part in paper.parts] == [
        ("Members", 1, 1),
        ("Associate Members", 1, 1),
        ("Observers", 1, 1),
        ("Other participants", 2, 2),
        ("Panellists", 0, 1),
        ("Host parliament", 0, 1),
        ("Secretariat", 0, 1),
    ]
    assert [part.heading for part in written(EventFactoryWithOne(event).event).parts] == ["Members"]


class EventFactoryWithOne:
    """Creates an event with one delegation."""

    def __init__(self, like):
        self.event = EventFactory(list_publication=like.list_publication)
        parliament(self.event, "Chile", "Chile")


def test_countries_stand_in_the_order_of_each_language(event):
    for names in (
        ("Nicaragua", "Nicaragua"),
        ("Åland", "Ñame"),
        ("Ivory Coast", "Côte d’Ivoire"),
        ("Spain", "España"),
    ):
        parliament(event, *names)

    english, spanish = (
        [body.name for body in written(event, language).parts[0].bodies] for language in ("en", "es")
    )

    assert english == ["Åland", "Ivory Coast", "Nicaragua", "Spain"]
    assert spanish == ["Côte d’Ivoire", "España", "Nicaragua", "Ñame"]


def test_parliament_stands_under_its_country_and_any_other_body_under_its_name(event):
    uruguay = parliament(event, "Uruguay", "Uruguay").organisation
    body = OrganisationFactory(name_en="Specimen Union", name_es="Unión", country_en="Switzerland")
    confirmed(DelegationFactory(event=event, organisation=body))

    members, others = written(event).parts

    assert [(one.name, one.body) for one in members.bodies] == [("Uruguay", uruguay.name_en)]
    assert [(one.name, one.body) for one in others.bodies] == [("Specimen Union", "")]


def test_head_comes_first_then_the_delegations_own_order(event):
    delegation = DelegationFactory(event=event)
    for order, (name, role) in enumerate(
        [("First", "delegate"), ("Second", "secretary"), ("Head", "head"), ("Last", "adviser")]
    ):
        confirmed(delegation, family_names=name, role=role, order=order)

    paper = written(event)

    assert families(paper) == ["Head", "First", "Second", "Last"]
    assert [one.role for one in paper.parts[0].bodies[0].people][:2] == ["Head of delegation", "Delegate"]


def test_panellists_are_in_the_order_of_names_and_the_host_is_named(event):
    EventOrganiserFactory(event=event, role="hosted", organisation__name_en="Parliament of Specimen")
    panellists = DelegationFactory(event=event, organisation=None, group=Group.PANELLISTS)
    for name in ("Ñandú", "Zuloaga", "Nuñez"):
        confirmed(panellists, family_names=name, role="speaker")
    confirmed(DelegationFactory(event=event, organisation=None, group=Group.HOST), family_names="Host")

    speakers, host = written(event, "es").parts

    assert [one.family_names for one in speakers.bodies[0].people] == ["Nuñez", "Ñandú", "Zuloaga"]
    assert (host.heading, [one.role for one in host.bodies[0].people]) == ("Anfitrión", [""])
    assert written(event).parts[1].bodies[0].name == "Parliament of Specimen"


def test_function_stands_in_the_language_typed_unless_it_was_translated(event):
    delegation = DelegationFactory(event=event)
    typed = {"function": "Senadora", "function_language": "es"}
    confirmed(delegation, order=0, **typed, body_function="Treasurer", affiliation="Unit 1")
    confirmed(delegation, order=1, **typed, function_translation="Senator")

    first, second = written(event).parts[0].bodies[0].people

    assert first.lines == (Line("Senadora", "es"), Line("Treasurer", "en"), Line("Unit 1"))
    assert second.lines == (Line("Senator", "en"),)


@pytest.mark.parametrize(
    ("policy", "named", "note"),
    [
        (Policy.RECORD, ["Agrees", "Silent"], ""),
        (Policy.CONSENT, ["Agrees"], "Confirmed, but not named because they have not agreed to it: 1."),
    ],
)
def test_list_names_whom_the_event_says_and_counts_the_others(event, policy, named, note):
    event.list_publication = policy
    event.save()
    delegation = DelegationFactory(event=event)
    confirmed(delegation, family_names="Agrees", consents_to_list=True, gender="woman")
    confirmed(delegation, family_names="Silent", gender="man")
    for status in ("draft", "submitted", "waitlisted", "rejected", "cancelled", "substituted"):
        ParticipantFactory(delegation=delegation, status=status, consents_to_list=True)

    paper = written(event)

    assert (families(paper), paper.note) == (named, note)
    assert paper.genders == ", ".join(["1 woman", "1 man"][: len(named)])


def test_event_that_publishes_no_list_has_none(event):
    event.list_publication = Policy.NONE
    event.save()
    parliament(event, "Chile", "Chile")

    with pytest.raises(NothingToWrite, match="Nobody who may be named"):
        compose_drafts(Order(event, Kind.PARTICIPANTS, DAY, options={"final": True}))


def test_provisional_list_ends_at_its_cut_off_and_says_so_by_the_clock_of_the_event(event):
    delegation = DelegationFactory(event=event)
    confirmed(delegation, family_names="Early", confirmed_at=NOON)
    confirmed(delegation, family_names="Late", confirmed_at=NOON + timedelta(seconds=1))

    paper = written(event, cut_off=NOON.isoformat())

    assert families(paper) == ["Early"]
    assert paper.heading == "Provisional list of participants"
    assert paper.status == "Registrations confirmed up to Monday, 31 August 2026, 12:00 (Geneva time)"
    assert families(written(event)) == ["Early", "Late"]
    assert written(event, "es").status == "Lista definitiva, 1 de septiembre de 2026"


def test_snapshot_holds_nothing_that_is_private(event):
    private = {
        "email": "private@parliament.example",
        "phone": "+41 22 000 00 00",
        "passport_number": "PRIVATE1",
        "birth_date": date(1970, 1, 2),
        "party": "Private Party",
        "hotel": "Private Hotel",
        "diet": "private diet",
        "badge_name": "Private Badge",
        "nationality": "CH",
        "biography": "Private life",
        "address": "Private street",
    }
    confirmed(DelegationFactory(event=event), **private)

    said = str(written(event).to_dict()).lower()

    assert [value for value in private.values() if str(value).lower() in said] == []


def test_list_takes_as_many_queries_for_three_delegations_as_for_one(event):
    order, numbers = Order(event, Kind.PARTICIPANTS, DAY, options={"final": True}), []
    for number in range(3):
        parliament(event, f"Country {number}", f"País {number}")
        with CaptureQueriesContext(connection) as queries:
            compose_drafts(order)
        numbers.append(len(queries))

    assert numbers[0] == numbers[2]


LONG = ListedPart(
    "Members",
    tuple(
        ListedBody(
            f"Country {number}",
            "Parliament",
            tuple(
                ListedPerson("Ms.", "Specimen", f"Nº {place}", "Delegate", (Line("Senadora", "es"),))
                for place in range(13)
            ),
        )
        for number in range(5)
    ),
)


@pytest.mark.slow
def test_head_of_a_page_says_what_goes_on_and_is_silent_where_something_begins():
    paper = replace(
        specimen("participants", "en"), parts=(LONG, ListedPart("Observers", LONG.bodies)), step=0
    )

    reader = PdfReader(BytesIO(render(paper).pdf))
    heads = [re.findall(r"(\w+[ \d]*) \(continued\)", one.extract_text()) for one in reader.pages]

    assert heads[0] == []
    assert heads[1] == ["Members", "Country 1"]
    assert heads[-1] == ["Observers", "Country 4"]


@pytest.mark.slow
def test_bookmarks_lead_to_parts_and_countries():
    paper = replace(specimen("participants", "en"), parts=(LONG,))

    # A list in the outline holds the children of the entry before it: here, those of the title.
    [title] = [one for one in PdfReader(BytesIO(render(paper).pdf)).outline if isinstance(one, list)]
    parts = [one.title for one in title if not isinstance(one, list)]
    countries = [one.title for one in title[1]]

    assert parts[0] == "Members"
    assert countries == [f"Country {number} Parliament" for number in range(5)]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "es"])
def test_list_conforms_to_pdf_ua_and_has_the_same_bytes_again(language):
    paper = replace(specimen("participants", language), parts=(LONG,))
    first, second = render(paper), render(paper)

    report = page.validate_pdf_bytes(first.pdf, profile=page.ValidationProfile.PDF_UA_1)

    assert report.is_compliant
    assert first.sha256 == second.sha256


def listed_in(files_of, event):
    """Return the list of the event, rendered as a worker does it."""
    batch = services.order_batch(
        event=event, kind=Kind.PARTICIPANTS, languages="en", date=DAY, options={"final": True}, actor=files_of
    )
    plan(Batch.objects.claim(batch.pk))
    document = batch.documents.get()
    render_and_store(Document.objects.claim(document.pk))
    return Document.objects.get(pk=document.pk)


@pytest.mark.slow
@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(("policy", "answer"), [(Policy.RECORD, 200), (Policy.NONE, 404)])
def test_coordinator_gets_the_list_while_the_event_publishes_one(client, event, policy, answer):
    coordinator = UserFactory()
    delegation = parliament(event, "Chile", "Chile")
    delegation.coordinators.set([coordinator])
    document = listed_in(StaffFactory(), event)
    Event.objects.filter(pk=event.pk).update(list_publication=policy)
    client.force_login(coordinator)

    assert (document.reference, document.state) == (f"{event.reference}-LST-EN", "done")
    with closing(client.get(reverse("documents:download", args=[document.pk]))) as response:
        assert response.status_code == answer


def test_order_page_takes_the_cut_off_by_the_clock_of_the_event(client, event):
    parliament(event, "Chile", "Chile")
    client.force_login(StaffFactory())
    asked = {"languages": "en", "cut_off": "2026-08-31T12:00", "check": "1"}

    client.post(reverse("documents:order-participants", args=[event.slug]), asked)

    assert event.batches.get().options == {"cut_off": "2026-08-31T12:00:00+02:00"}


def test_order_page_refuses_a_cut_off_that_is_to_come(client, event):
    parliament(event, "Chile", "Chile")
    client.force_login(StaffFactory())
    later = timezone.now() + timedelta(days=2)
    asked = {"languages": "en", "cut_off": later.strftime("%Y-%m-%dT%H:%M"), "check": "1"}

    answer = client.get(reverse("documents:order-participants", args=[event.slug]), asked)

    assert answer.context["form"].errors == {"cut_off": ["Choose a moment that has passed."]}
