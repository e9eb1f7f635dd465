"""Badges: the people they are made for, their validity, and their layout."""

import zlib
from datetime import date
from functools import partial
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.models import AuditEntry
from documents import services
from documents.composing import NothingToWrite, Order, compose_drafts
from documents.deleting import delete_documents_about
from documents.models import Badge, Batch, Document, Kind, Logo
from documents.models.badge import people_without_badge
from documents.papers.badges import FORMS
from documents.pictures import Picture
from documents.pictures.portraits import make_portrait
from documents.services import images
from documents.services.badges import void_badge, void_unfounded
from documents.services.making import render_and_store
from registration.models import Delegation, Parliament, Upload
from registration.services import cancel_person, reject_person, save_person
from registration.services.private import subject_of_person
from tests.documents.badge_samples import DAY, add_confirmed, badge_of, make_sheet, order_badges, plan_sheet
from tests.documents.samples import jpeg
from tests.factories import (
    DelegationFactory,
    EventFactory,
    EventOrganiserFactory,
    ParliamentFactory,
    ParticipantFactory,
    StaffFactory,
)
from tests.race import at_once

Group = Delegation.Group


@pytest.fixture
def event(db):
    return EventFactory(reference="WS", first_day=date(2027, 6, 16), last_day=date(2027, 6, 18))


@pytest.fixture
def actor(db):
    return StaffFactory()


@pytest.fixture
def delegation(event):
    parliament = ParliamentFactory(organisation__country_en="Uruguay", organisation__country_es="Uruguay")
    return DelegationFactory(event=event, organisation=parliament.organisation, status="confirmed")


@pytest.fixture
def order(event, actor):
    """A function that orders badges of the event."""
    return partial(order_badges, event, actor)


def validities(person):
    return [badge.validity for badge in person.badges.order_by("number")]


def look_up(client, badge):
    return client.get(reverse("verify-code", args=[badge.code]))


def test_order_numbers_everybody_who_has_none_and_comes_in_person(event, delegation, order):
    wanted = [add_confirmed(delegation, order=place) for place in range(2)]
    add_confirmed(delegation, attendance="online")
    ParticipantFactory(delegation=delegation, status="submitted")

    batch = order()

    found = batch.badges.values_list("number", "participant", "is_blank", "validity")
    assert list(found) == [(1, wanted[0].pk, False, "valid"), (2, wanted[1].pk, False, "valid")]
    assert not people_without_badge(event).exists()


def test_second_order_of_all_without_a_badge_finds_nobody(delegation, order):
    add_confirmed(delegation)
    order(form="small")

    with pytest.raises(NothingToWrite, match="has one already"):
        order(form="a6")


def test_order_sent_twice_is_one(delegation, order):
    add_confirmed(delegation)

    assert order().pk == order().pk


@pytest.mark.django_db(transaction=True)
def test_two_orders_in_the_same_moment_share_nobody(event, delegation, actor):
    for _number in range(3):
        add_confirmed(delegation)

    forms = iter(FORMS)

    answers = at_once(
        2,
        lambda: services.order_batch(
            event=event,
            kind=Kind.BADGES,
            languages="en",
            date=DAY,
            options={"form": next(forms)},
            actor=actor,
        ),
        NothingToWrite,
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["Batch", "NothingToWrite"]
    assert sorted(Badge.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert Batch.objects.count() == 1


def test_badges_come_by_delegation_and_precedence_and_blanks_at_the_end(event, order):
    for country, names in (("Ñame", ["Third"]), ("Nápoles", ["First", "Second"])):
        parliament = ParliamentFactory(organisation__country_es=country, organisation__country_en=country)
        of = DelegationFactory(event=event, organisation=parliament.organisation)
        for place, name in enumerate(names):
            add_confirmed(of, order=place, family_names=name)

    batch = order("es", blanks=2, blank_role="press")
    faces = compose_drafts(Order.from_batch(batch))[0].paper.faces

    assert [face.name.rpartition(" ")[2] for face in faces] == ["First", "Second", "Third", "", ""]
    assert [(face.number, face.is_blank, face.word) for face in faces[3:]] == [
        (4, True, "Prensa"),
        (5, True, "Prensa"),
    ]


@pytest.mark.usefixtures("files")
def test_logo_of_who_organises_is_on_the_badges(event, delegation, order):
    add_confirmed(delegation)
    lead = EventOrganiserFactory(event=event).organisation
    picture = Picture(jpeg(300, 200))
    images.write_file(picture)
    image = images.get_or_create_image(picture)
    Logo.objects.create(organisation=lead, image=image)

    sheet = make_sheet(order())

    assert (sheet.snapshot["organisation"], sheet.snapshot["logo"]) == (lead.name_en, image.name)
    assert sheet.state == "done"


def test_badge_says_name_function_body_and_what_the_person_is_there_as(event, delegation):
    add_confirmed(
        delegation,
        badge_name="Ana P.",
        gender="woman",
        role="head",
        function="Senadora",
        function_language="es",
    )

    [draft] = compose_drafts(Order(event, Kind.BADGES, DAY, "en"))
    [face] = draft.paper.faces

    assert (face.name, face.function, face.function_language, face.body) == (
        "Ana P.",
        "Senadora",
        "es",
        "Uruguay",
    )
    assert (face.word, face.other_word, face.tone) == (
        "Head of delegation",
        "Jefa de la delegación",
        "members",
    )


@pytest.mark.parametrize(
    ("group", "role", "said"),
    [
        (Group.SECRETARIAT, "staff", ("Secretariat", "secretariat")),
        (Group.PANELLISTS, "speaker", ("Panellist", "guests")),
        (Group.PRESS, "press", ("Press", "press")),
        (Group.HOST, "staff", ("Host", "host")),
    ],
)
def test_group_has_its_own_word_and_colour(event, group, role, said):
    add_confirmed(DelegationFactory(event=event, organisation=None, group=group), role=role)

    [face] = compose_drafts(Order(event, Kind.BADGES, DAY, "en"))[0].paper.faces

    assert (face.word, face.tone) == said


def test_delegate_of_an_observer_is_an_observer_and_its_staff_is_staff(event):
    parliament = ParliamentFactory(status=Parliament.Status.OBSERVER)
    of = DelegationFactory(event=event, organisation=parliament.organisation)
    add_confirmed(of, order=0, role="delegate")
    add_confirmed(of, order=1, role="staff")

    faces = compose_drafts(Order(event, Kind.BADGES, DAY, "en"))[0].paper.faces

    assert [(face.word, face.tone) for face in faces] == [
        ("Observer", "observers"),
        ("Parliamentary staff", "staff"),
    ]


@pytest.mark.slow
@pytest.mark.usefixtures("files")
def test_reprint_replaces_the_earlier_badge_once_it_is_made(delegation, order):
    person = add_confirmed(delegation)
    make_sheet(order())

    again = order(people=[person.pk])
    before = validities(person)
    make_sheet(again)

    assert (before, validities(person)) == (["valid", "valid"], ["replaced", "valid"])


@pytest.mark.slow
@pytest.mark.usefixtures("files")
def test_sheet_finished_late_does_not_replace_a_later_one(delegation, order):
    person = add_confirmed(delegation)
    early = plan_sheet(order())
    make_sheet(order(people=[person.pk]))

    render_and_store(Document.objects.claim(early.pk))

    assert validities(person) == ["replaced", "valid"]


def test_badge_whose_order_was_taken_back_counts_for_nothing(event, delegation, order, actor):
    add_confirmed(delegation)
    services.cancel(batch=order(), actor=actor)

    assert people_without_badge(event).count() == 1


@pytest.mark.parametrize("verb", [cancel_person, reject_person])
def test_badge_of_who_is_cancelled_or_rejected_is_void_at_once(delegation, order, actor, verb):
    person = add_confirmed(delegation)
    order()

    verb(participant=person, reason="Other plans.", actor=actor)

    assert validities(person) == ["void"]


def test_badge_of_a_substituted_person_is_void(delegation, order):
    person = add_confirmed(delegation)
    order()

    type(person).objects.filter(pk=person.pk).update(status="substituted")

    assert (void_unfounded(), validities(person)) == (1, ["void"])
    assert void_unfounded() == 0


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_badge_of_who_left_is_declared_void_once_though_ten_look_at_once(delegation, order):
    person = add_confirmed(delegation)
    order()
    type(person).objects.filter(pk=person.pk).update(status="substituted")

    assert sum(at_once(10, void_unfounded)) == 1

    assert AuditEntry.objects.filter(verb="badge.voided").count() == 1


def test_another_name_makes_the_badge_void_and_a_new_one_due(event, delegation, order, actor):
    person = add_confirmed(delegation)
    order()

    save_person(
        delegation=delegation,
        person=person,
        fields={"family_names": "Otro"},
        version=None,
        language="es",
        actor=actor,
    )
    between = validities(person)
    type(person).objects.filter(pk=person.pk).update(status="confirmed")

    assert (between, people_without_badge(event).count()) == (["void"], 1)


def test_lost_badge_is_declared_void_once(delegation, order, actor):
    person = add_confirmed(delegation)
    order()
    void_badge(badge=badge_of(person), reason="Lost.", actor=actor)

    with pytest.raises(services.NotVoidable):
        void_badge(badge=badge_of(person), reason="Lost.", actor=actor)

    assert badge_of(person).void_reason == "Lost."


@pytest.mark.slow
@pytest.mark.usefixtures("files")
def test_verification_says_of_a_badge_what_strangers_may_know(client, delegation, order):
    person = add_confirmed(delegation, given_names="Ana", family_names="Pérez")
    batch = order(blanks=1)
    before = look_up(client, badge_of(person)).status_code
    make_sheet(batch)

    answer = look_up(client, badge_of(person)).content.decode()
    blank = look_up(client, batch.badges.get(is_blank=True)).content.decode()

    assert before == 404
    assert ["A. P., Uruguay" in answer, "Pérez" in answer, "Genuine and valid" in answer] == [
        True,
        False,
        True,
    ]
    assert ["0002" in blank, "Uruguay" in blank, "Genuine and valid" in blank] == [True, False, True]


@pytest.mark.slow
@pytest.mark.usefixtures("files")
def test_verification_tells_a_void_badge_from_a_replaced_one(client, delegation, order, actor):
    person = add_confirmed(delegation)
    make_sheet(order())
    make_sheet(order(people=[person.pk]))
    first, second = person.badges.order_by("number")
    void_badge(badge=second, reason="Internal.", actor=actor)

    said = [look_up(client, badge).content.decode() for badge in (first, second)]

    assert ["Genuine, but replaced" in said[0], "has been declared void" in said[1]] == [True, True]
    assert "Internal" not in said[1]


def with_photo(person, shade):
    """Store a photograph in this shade of grey for the person."""
    data = BytesIO()
    Image.new("RGB", (600, 800), (shade, shade, shade)).save(data, "JPEG")
    upload = Upload(
        delegation=person.delegation,
        participant=person,
        kind=Upload.Kind.PHOTO,
        name="photo.jpg",
        content_type="image/jpeg",
        size=len(data.getvalue()),
        checksum=str(zlib.crc32(data.getvalue())),
    )
    upload.file.save("photo.jpg", ContentFile(data.getvalue()), save=True)
    return upload


@pytest.mark.slow
@pytest.mark.usefixtures("files")
def test_photograph_is_printed_small_and_kept_nowhere_else(settings, tmp_path, delegation, order):
    settings.MEDIA_ROOT = tmp_path
    upload = with_photo(add_confirmed(delegation), 90)
    with upload.file.open("rb"):
        pass

    sheet = make_sheet(order(photos=True))

    assert (sheet.state, sheet.snapshot["faces"][0]["upload"]) == ("done", upload.pk)
    with Image.open(BytesIO(make_portrait(upload))) as small:
        assert small.size == (354, 472)


@pytest.mark.slow
@pytest.mark.usefixtures("files")
def test_photograph_changed_after_the_order_fails_in_words(settings, tmp_path, delegation, order):
    settings.MEDIA_ROOT = tmp_path
    person = add_confirmed(delegation)
    upload = with_photo(person, 90)
    document = plan_sheet(order(photos=True))
    upload.delete()

    render_and_store(Document.objects.claim(document.pk))

    assert "order these badges again" in Document.objects.get(pk=document.pk).error_text


def test_sheet_of_an_erased_person_is_deleted_whatever_name_stands_on_the_badge(delegation, order):
    person = add_confirmed(delegation, badge_name="Another Name")
    sheet = plan_sheet(order())
    assert sheet.snapshot["faces"][0]["name"] == "Another Name"

    delete_documents_about(subject_of_person(person), timezone.now())

    assert Document.objects.get(pk=sheet.pk).snapshot == {}
