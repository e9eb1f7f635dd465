"""The texts and the layout of programmes, agendas and practical information notes."""

from datetime import date, time
from io import BytesIO

import page
import pytest
from pypdf import PdfReader

from documents.composing import NothingToWrite, Order, compose_drafts
from documents.models import Kind
from documents.papers import Paragraph, Section
from documents.rendering import render
from events import richtext
from events.models import Event, EventSection, Session
from tests.documents.event_samples import EVENT_PAPERS, PROGRAMME_EN
from tests.factories import (
    AgendaItemFactory,
    EventFactory,
    EventSectionFactory,
    PanellistFactory,
    SessionFactory,
    WindowFactory,
)

DAY = date(2026, 9, 1)
LANGUAGES = ("en", "es")

each_paper = pytest.mark.parametrize(
    "paper", EVENT_PAPERS, ids=lambda paper: f"{paper.kind}-{paper.language}"
)


@pytest.fixture
def event(db):
    return EventFactory(first_day=date(2026, 10, 1), last_day=date(2026, 10, 3), zone="Europe/Zurich")


def written(event, kind, **options):
    """Return the papers of an order in both languages, by language."""
    made = compose_drafts(Order(event, kind, DAY, options=options))
    return {draft.language: draft.paper for draft in made}


def words(pdf, *pages):
    """Return the text of these pages with single spaces."""
    reader = PdfReader(BytesIO(pdf))
    return " ".join(" ".join(reader.pages[number].extract_text() for number in pages).split())


# The programme


@pytest.mark.parametrize(
    ("final", "headings"),
    [
        (False, ("Provisional programme", "Programa provisional")),
        (True, ("Programme", "Programa")),
    ],
)
def test_programme_is_provisional_until_it_is_said_to_be_final(event, final, headings):
    SessionFactory(event=event)

    papers = written(event, Kind.PROGRAMME, final=final)

    assert tuple(papers[language].heading for language in LANGUAGES) == headings
    assert papers["es"].title == f"{headings[1]}: Taller de Muestra"


@pytest.mark.parametrize(("panellists", "names"), [(True, ["Specimen One"]), (False, [])])
def test_programme_names_who_speaks_only_where_it_is_asked(event, panellists, names):
    PanellistFactory(session__event=event, name="Specimen One")

    paper = written(event, Kind.PROGRAMME, panellists=panellists)["en"]

    speakers = [one.name for group in paper.days[0].sessions[0].speakers for one in group.people]
    assert speakers == names


def test_programme_goes_by_day_with_rooms_and_says_whose_hours_they_are(event):
    SessionFactory(event=event, title_es="Sin hora")
    SessionFactory(
        event=event,
        title_es="Apertura",
        day=date(2026, 10, 1),
        starts=time(9),
        ends=time(10),
        room_es="Sala A",
        kind=Session.Kind.BREAK,
    )

    paper = written(event, Kind.PROGRAMME)["es"]

    first, untimed = paper.days
    assert (first.label, first.is_timed, first.has_rooms) == ("Jueves, 1 de octubre de 2026", True, True)
    assert (first.sessions[0].time, first.sessions[0].room, first.sessions[0].is_break) == (
        "09:00–10:00",
        "Sala A",
        True,
    )
    assert (untimed.label, untimed.is_timed, untimed.sessions[0].title) == ("", False, "Sin hora")
    assert paper.clock == "Todas las horas corresponden a la hora de Ginebra."


def test_programme_without_hours_names_no_clock(event):
    SessionFactory(event=event)

    assert written(event, Kind.PROGRAMME)["en"].clock == ""


# The agenda


@pytest.mark.parametrize(
    ("options", "headings"),
    [
        ({}, ("Provisional annotated agenda", "Orden del día provisional anotado")),
        ({"annotated": False}, ("Provisional agenda", "Orden del día provisional")),
        ({"final": True}, ("Annotated agenda", "Orden del día anotado")),
        ({"annotated": False, "final": True}, ("Agenda", "Orden del día")),
    ],
)
def test_agenda_is_headed_by_what_it_is(event, options, headings):
    AgendaItemFactory(event=event, annotation_en="<p>Why.</p>", annotation_es="<p>Por qué.</p>")

    papers = written(event, Kind.AGENDA, **options)

    assert tuple(papers[language].heading for language in LANGUAGES) == headings


def test_agenda_without_annotations_is_not_called_annotated(event):
    AgendaItemFactory(event=event)

    assert written(event, Kind.AGENDA)["es"].heading == "Orden del día provisional"


def test_agenda_has_its_items_in_their_order_with_the_body(event):
    AgendaItemFactory(event=event, order=2, title_es="Elecciones", body_es="Consejo Directivo")
    AgendaItemFactory(event=event, order=1, title_es="Apertura")

    items = written(event, Kind.AGENDA)["es"].items

    assert [(item.title, item.body) for item in items] == [
        ("Apertura", ""),
        ("Elecciones", "Consejo Directivo"),
    ]


# The practical information note


def note_section(event, kind, text):
    return EventSectionFactory(event=event, kind=kind, in_practical_note=True, text_en=text, text_es=text)


def test_note_numbers_its_paragraphs_through_all_headings(event):
    note_section(event, EventSection.Kind.REGISTRATION, "<p>Who.</p><ul><li>a</li></ul><p>How.</p>")
    EventSectionFactory(event=event, kind=EventSection.Kind.OBJECTIVES)
    note_section(event, EventSection.Kind.HOTELS, "<h3>Near</h3><p>One.</p><p>Two.</p>")

    paper = written(event, Kind.PRACTICAL_NOTE)["en"]

    assert [(one.heading, one.paragraphs) for one in paper.sections] == [
        (
            "Participation and registration",
            (Paragraph(1, "<p>Who.</p><ul><li>a</li></ul>"), Paragraph(2, "<p>How.</p>")),
        ),
        ("Hotels", (Paragraph(3, "<h3>Near</h3><p>One.</p>"), Paragraph(4, "<p>Two.</p>"))),
    ]


def test_note_says_until_when_to_register_and_in_which_languages_the_event_works(event):
    window = WindowFactory.build(event=event)
    window.set_days(DAY, date(2026, 9, 4))
    window.save()
    note_section(event, EventSection.Kind.VISAS, "<p>Visas.</p>")

    facts = [(fact.label, fact.names) for fact in written(event, Kind.PRACTICAL_NOTE)["es"].organisers]

    assert facts == [
        ("Idiomas de trabajo", ("Inglés y español",)),
        ("Inscripción a más tardar el", ("viernes, 4 de septiembre de 2026, 23:59 (hora de Ginebra)",)),
    ]


def test_note_ends_with_whom_to_ask(event):
    note_section(event, EventSection.Kind.CONTACT, "<p>Write to us.</p>")

    paper = written(event, Kind.PRACTICAL_NOTE)["en"]

    assert (paper.sections, paper.contact_html, paper.contact) == (
        (),
        "<p>Write to us.</p>",
        ("Specimen Contact", "contact@secretariat.example"),
    )


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        (
            "<p>One <b>two</b></p><ul><li><p>x</p></li></ul>",
            ["<p>One <b>two</b></p>", "<ul><li><p>x</p></li></ul>"],
        ),
        ("Loose <em>words</em><p>x</p> end", ["<p>Loose <em>words</em></p>", "<p>x</p>", "<p>end</p>"]),
        ("<p></p><p> </p>", []),
        ("", []),
    ],
)
def test_rich_text_is_cut_into_its_outermost_blocks(html, blocks):
    assert richtext.blocks(html) == blocks


# The aide-memoire


def test_aide_memoire_has_languages_and_venue_behind_the_programme(event):
    for order, kind in enumerate(
        ("background", "languages", "objectives", "organisation", "venue", "contact")
    ):
        EventSectionFactory(event=event, kind=kind, order=order, text_en=f"<p>{kind}</p>")

    paper = written(event, Kind.AIDE_MEMOIRE)["en"]

    assert [one.body_html for one in paper.sections] == [
        "<p>background</p>",
        "<p>languages</p>",
        "<p>objectives</p>",
    ]
    assert paper.closing_sections == (
        Section("Organization and partners", "<p>organisation</p>"),
        Section("Venue and date", "<p>venue</p>"),
    )
    assert paper.contact_html == "<p>contact</p>"


# Shared parts


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (Kind.PROGRAMME, "The event has no sessions yet."),
        (Kind.AGENDA, "The event has no agenda items yet."),
        (Kind.PRACTICAL_NOTE, "No section of the event is meant for the practical information note yet."),
    ],
)
def test_paper_of_an_event_that_has_nothing_for_it_is_refused_in_words(event, kind, reason):
    with pytest.raises(NothingToWrite) as refusal:
        written(event, kind)

    assert str(refusal.value) == reason


def test_paper_lacking_a_text_in_one_language_is_written_in_the_other(event):
    AgendaItemFactory(event=event, title_en="Opening", title_es="")

    english, spanish = compose_drafts(Order(event, Kind.AGENDA, DAY))

    assert english.paper.items[0].title == "Opening"
    assert (spanish.paper, spanish.reason) == (None, "Title is empty in Spanish: agenda item “Opening”.")


def test_event_papers_take_a_fixed_number_of_queries(event, django_assert_num_queries):
    for number in range(3):
        PanellistFactory.create_batch(2, session=SessionFactory(event=event))
        AgendaItemFactory(event=event, order=number)

    for kind, queries in ((Kind.PROGRAMME, 10), (Kind.AGENDA, 10), (Kind.AIDE_MEMOIRE, 9)):
        with django_assert_num_queries(queries):
            written(Event.objects.get(pk=event.pk), kind)


@pytest.mark.slow
@each_paper
def test_event_paper_made_again_has_the_same_bytes(paper):
    assert render(paper) == render(paper)


@pytest.mark.slow
@each_paper
def test_event_paper_conforms_to_pdf_ua(paper):
    report = page.validate_pdf_bytes(render(paper).pdf, profile=page.ValidationProfile.PDF_UA_1)

    assert report.failures == []


@pytest.mark.slow
def test_long_day_repeats_its_columns_and_its_name_on_the_next_page():
    made = render(PROGRAMME_EN)

    assert made.pages == 3
    for number in (1, 2):
        text = words(made.pdf, number)
        assert "Thursday, 1 October 2026" in text
        assert "Time Session Room" in text
