"""The texts of documents about people in both languages, and the reasons why one cannot be written."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import page
import pytest
from django.utils import timezone
from django.utils.html import strip_tags
from pypdf import PdfReader

from documents import rendering
from documents.composing import NothingToWrite
from documents.composing.people import initials_and_country
from documents.models import Batch, Kind
from documents.models.images import image_name
from documents.papers import Listed
from documents.rules import require_known
from documents.services.fitting import with_code
from documents.services.images import picture_bytes
from documents.services.ordering import order_batch
from documents.services.standard import standard_template
from documents.standard_texts import STANDARD
from tests.documents.people_samples import (
    PAPERS,
    compose,
    confirmed_head,
    invited_delegation,
    montevideo,
    standard_templates,
)
from tests.documents.samples import jpeg
from tests.factories import EventFactory, EventOrganiserFactory, OrganisationFactory, ParticipantFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def event():
    return montevideo()


@pytest.fixture
def head(event):
    return confirmed_head(invited_delegation(event))


@pytest.fixture
def templates(event, actor):
    return standard_templates(event, actor)


def only(event, kind, language="es", **options):
    [draft] = compose(event, kind, language, **options)
    assert draft.reason == ""
    return draft.paper


def words(paper):
    return strip_tags(paper.body_html.replace("</p>", " ")).split(". ")[0]


def test_visa_letter_says_in_english_what_a_consulate_needs(event, head, templates):
    paper = only(event, Kind.VISA_LETTER, "en")

    assert words(paper) == (
        "I have the honour to confirm that the person named below is registered as a participant in the event "
        "“Specimen Workshop”, to be held in Montevideo (Uruguay) from 16 to 18 March 2026, as head of delegation "
        f"({head.delegation.organisation.name_en})"
    )
    assert [(fact.label, fact.value) for fact in paper.facts] == [
        ("Name in the passport", "Ana María Muestra"),
        ("Function", "Senadora"),
        ("Country of nationality", "Uruguay"),
        ("Date of birth", "27 March 1971"),
        ("Passport number", "C123456"),
        ("Passport issued by", "Uruguay"),
        ("Passport valid until", "3 May 2031"),
    ]


def test_visa_letter_says_in_spanish_what_a_consulate_needs(event, head, templates):
    paper = only(event, Kind.VISA_LETTER)

    assert words(paper) == (
        "Tengo el honor de confirmar que la persona cuyos datos figuran a continuación está inscrita para participar "
        "en el evento «Taller de Muestra», que se celebrará en Montevideo (Uruguay) del 16 al 18 de marzo de 2026, "
        f"en calidad de jefa de la delegación ({head.delegation.organisation.name_es})"
    )
    assert [fact.value for fact in paper.facts][3:] == [
        "27 de marzo de 1971",
        "C123456",
        "Uruguay",
        "3 de mayo de 2031",
    ]


def test_visa_letter_says_nothing_of_the_journey(event, templates):
    head = confirmed_head(
        invited_delegation(event),
        arrival_on=date(2026, 3, 14),
        hotel="Hotel Specimen",
        arrival_by="XY 123",
        phone="+1 5",
    )

    said = str(only(event, Kind.VISA_LETTER, "en", people=[head.pk]).to_dict())

    assert [private in said for private in ("14 March", "Hotel Specimen", "XY 123", "+1 5")] == [False] * 4


def test_visa_letter_is_addressed_to_the_consulates_of_the_host_country(event, head, templates):
    assert only(event, Kind.VISA_LETTER).addressee_lines == ("A las autoridades consulares de Uruguay",)


def test_country_of_the_consulates_takes_its_article(event, head, templates):
    OrganisationFactory(country_es="Uruguay", country_in_sentence_es="el Uruguay")
    event.country_es = "Uruguay"

    assert only(event, Kind.VISA_LETTER).addressee_lines == ("A las autoridades consulares del Uruguay",)


def test_own_addressee_of_the_template_stands_in_its_place(event, head, templates):
    template = templates[Kind.VISA_LETTER]
    template.addressee_en = "To whom it may concern"
    template.save()

    assert only(event, Kind.VISA_LETTER, "en").addressee_lines == ("To whom it may concern",)


def test_everything_that_a_visa_letter_lacks_is_said_at_once(event, templates):
    person = ParticipantFactory(delegation=invited_delegation(event), status="submitted")

    [draft] = compose(event, Kind.VISA_LETTER, "en", people=[person.pk])

    assert (draft.participant, draft.reason.splitlines()) == (
        person,
        [
            "The registration of this person is not confirmed.",
            "Nationality is missing.",
            "Date of birth is missing.",
            "Passport number is missing.",
            "Country of the passport is missing.",
            "Passport valid until is missing.",
        ],
    )


def test_passport_that_ends_before_the_event_is_refused(event, templates):
    confirmed_head(invited_delegation(event), passport_expires_on=event.last_day - timedelta(days=1))

    [draft] = compose(event, Kind.VISA_LETTER, "en")

    assert draft.reason == "The passport expires before the end of the event."


def test_nobody_needs_a_visa_for_an_event_online(actor):
    event = montevideo(mode="online")
    standard_templates(event, actor)
    confirmed_head(invited_delegation(event))

    [draft] = compose(event, Kind.VISA_LETTER, "en")

    assert draft.reason == "The event is held online: nobody needs a visa."


def test_confirmation_lists_the_confirmed_by_precedence_with_roles_in_their_own_words(event, head, templates):
    ParticipantFactory(delegation=head.delegation, status="submitted", order=1)
    adviser = confirmed_head(
        head.delegation,
        role="adviser",
        gender="man",
        honorific="dr",
        given_names="Luis",
        order=2,
        **{"function": ""},
    )

    paper = only(event, Kind.CONFIRMATION)

    assert paper.people == (
        Listed("Sra. Ana María Muestra", "Jefa de la delegación", "Senadora", head.pk),
        Listed("Dr. Luis Muestra", "Asesor", "", adviser.pk),
    )


def test_confirmation_holds_no_private_data(event, templates):
    confirmed_head(invited_delegation(event), email="private@person.example", phone="+1 555")

    said = str(only(event, Kind.CONFIRMATION).to_dict())

    assert [private in said for private in ("C123456", "1971", "private@", "+1 555")] == [False] * 4


def test_confirmation_of_a_delegation_without_confirmed_people_says_so(event, templates):
    delegation = invited_delegation(event)

    [draft] = compose(event, Kind.CONFIRMATION, "en", delegations=[delegation.pk])

    assert draft.reason == "Nobody of this delegation is confirmed."


def test_papers_are_in_the_language_of_the_delegation(event, head, templates):
    confirmed_head(invited_delegation(event, "en"))

    languages = [draft.language for draft in compose(event, Kind.PERSON_CONFIRMATION, "own")]

    assert languages == ["es", "en"]


@pytest.mark.parametrize(
    ("fields", "english", "spanish"),
    [
        ({}, "Dear Ms. Muestra,", "Estimada Sra. Muestra:"),
        ({"gender": "man", "honorific": "mr"}, "Dear Mr. Muestra,", "Estimado Sr. Muestra:"),
        ({"honorific": ""}, "Dear Ana María Muestra,", "Estimada Ana María Muestra:"),
        ({"gender": "not_stated", "honorific": ""}, "Dear Ana María Muestra,", "De nuestra consideración:"),
        ({"honorific": "he"}, "Excellency,", "Excelencia:"),
    ],
)
def test_person_is_greeted_as_is_due(event, templates, fields, english, spanish):
    confirmed_head(invited_delegation(event), **fields)

    greeted = [draft.paper.salutation_lines for draft in compose(event, Kind.PERSON_CONFIRMATION)]

    assert greeted == [(english,), (spanish,)]


def test_certificate_says_who_attended_as_what(event, head, templates):
    paper = only(event, Kind.CERTIFICATE)

    assert (paper.lead, paper.name, strip_tags(paper.body_html)) == (
        "Se certifica que",
        "Sra. Ana María Muestra",
        "asistió al evento «Taller de Muestra», celebrado en Montevideo (Uruguay) del 16 al 18 de marzo de 2026, en "
        f"calidad de jefa de la delegación ({head.delegation.organisation.name_es}).",
    )


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("kind", "queries"), [(Kind.CERTIFICATE, 8), (Kind.VISA_LETTER, 7)])
def test_papers_of_people_take_a_fixed_number_of_queries(
    event, templates, kind, queries, count, django_assert_num_queries
):
    delegation = invited_delegation(event)
    for _number in range(count):
        confirmed_head(delegation, role="delegate")

    with django_assert_num_queries(queries):
        assert [draft.reason for draft in compose(event, kind, "es")] == [""] * count


def test_certificate_is_refused_before_the_event_is_over(actor):
    event = montevideo(last_day=timezone.now().date() + timedelta(days=2))
    standard_templates(event, actor)

    with pytest.raises(NothingToWrite, match="once the event is over"):
        compose(event, Kind.CERTIFICATE)
    with pytest.raises(NothingToWrite, match="once the event is over"):
        order_batch(event=event, kind=Kind.CERTIFICATE, date=event.first_day, actor=actor)
    assert not Batch.objects.exists()


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_nothing_is_confirmed_for_an_event_that_is_off(actor, status):
    event = montevideo(status=status)
    standard_templates(event, actor)

    with pytest.raises(NothingToWrite, match="cancelled or postponed"):
        compose(event, Kind.CONFIRMATION)


def test_group_of_the_secretariat_stands_for_the_parliament(actor):
    event = montevideo()
    standard_templates(event, actor)
    delegation = event.delegations.create(group="panellists")
    person = confirmed_head(delegation, role="speaker")

    [draft] = compose(event, Kind.PERSON_CONFIRMATION, "en")

    assert (draft.subject, draft.paper.addressee_lines[-1]) == (f"G{delegation.pk}-{person.pk}", "Panellists")


def test_people_of_the_host_come_for_the_body_that_hosts(actor):
    host = EventOrganiserFactory(event=montevideo(), role="hosted")
    standard_templates(host.event, actor)
    confirmed_head(host.event.delegations.create(group="host"), role="staff")

    [draft] = compose(host.event, Kind.CONFIRMATION, "en")

    assert draft.paper.recipient == host.organisation.name_en


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (("Ana María", "de los Santos"), "A. M. S."),
        (("小明", "王"), "小. 王."),
        (("أحمد", "المثال"), "أ. ا."),
        (("Nguyễn Văn", "Đức"), "N. V. Đ."),
    ],
)
def test_verification_is_told_initials_and_country(head, names, shown):
    head.given_names, head.family_names = names

    assert initials_and_country(head, "en") == f"{shown}, {head.delegation.organisation.country_en}"


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", PAPERS)
def test_paper_conforms_to_pdf_ua_and_repeats_its_bytes(event, head, templates, kind, language):
    paper = only(event, kind, language)

    made = rendering.render(paper, picture_bytes(paper))

    assert page.validate_pdf_bytes(made.pdf, profile=page.ValidationProfile.PDF_UA_1).failures == []
    assert (made.pages, rendering.render(paper, picture_bytes(paper)).sha256) == (1, made.sha256)


def test_long_confirmation_repeats_the_head_of_its_table(event, head, templates):
    paper = only(event, Kind.CONFIRMATION, "en")
    many = replace(paper, people=tuple(Listed(f"Specimen {number}", "Delegate") for number in range(90)))

    made = rendering.render(many, picture_bytes(many))

    assert made.pages > 2
    assert heads(made.pdf) == made.pages


def test_certificate_of_a_long_name_with_a_logo_is_one_page(event, templates):
    long = {
        "given_names": "María de los Ángeles Guadalupe",
        "family_names": "Muestra de Ejemplo y de Córdoba",
    }
    confirmed_head(invited_delegation(event), **long)
    paper, logo = with_code(only(event, Kind.CERTIFICATE)), jpeg()
    signatories = paper.signatories * 3
    letterhead = replace(paper.letterhead, logo=image_name(logo))

    made = rendering.render(replace(paper, letterhead=letterhead, signatories=signatories), [logo])

    assert made.pages == 1


def heads(pdf):
    return sum("Function" in one.extract_text() for one in PdfReader(BytesIO(pdf)).pages)


def test_template_begun_without_others_has_the_lead_organiser_for_its_letterhead(actor):
    organiser = EventOrganiserFactory(event=EventFactory())

    template = standard_template(event=organiser.event, kind=Kind.VISA_LETTER, actor=actor)

    assert (template.letterhead, template.version, template.signatories.count()) == (
        organiser.organisation,
        1,
        0,
    )


def test_template_is_begun_once(event, actor, templates):
    templates[Kind.VISA_LETTER].body_en = "<p>Our own words.</p>"
    templates[Kind.VISA_LETTER].save()

    again = standard_template(event=event, kind=Kind.VISA_LETTER, actor=actor)

    assert again.body_en == "<p>Our own words.</p>"


@pytest.mark.parametrize("kind", PAPERS)
def test_usual_words_in_spanish_name_nobody_by_a_title_without_its_article(kind):
    assert "{name_with_title}" not in STANDARD[kind].get("body_es", "")


@pytest.mark.parametrize("kind", PAPERS)
def test_usual_words_hold_only_placeholders_of_their_kind(kind):
    for name, words in STANDARD[kind].items():
        require_known(kind, name.rpartition("_")[0], words)
