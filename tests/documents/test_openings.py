"""Papers of an event with a template of its own: another title, another sender, an opening note."""

from datetime import date

import pytest

from documents.composing import Order, compose_drafts
from documents.models import Image, Kind, Logo
from documents.models.images import image_name
from documents.rendering import render
from tests.documents.samples import jpeg
from tests.factories import EventFactory, EventOrganiserFactory, SessionFactory, TemplateFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 23)
LOGO = jpeg(300, 200)


@pytest.fixture
def event():
    event = EventFactory(title_en="Specimen Workshop", title_es="Taller de Muestra")
    EventOrganiserFactory(event=event)
    SessionFactory(event=event, title_en="Opening", title_es="Apertura")
    return event


def paper(event, kind=Kind.PROGRAMME, language="en"):
    (draft,) = compose_drafts(Order(event, kind, DAY, languages=language))
    return draft


def test_paper_without_template_is_as_it_was(event):
    draft = paper(event)

    assert (draft.paper.heading, draft.paper.note_html, draft.paper.images) == (
        "Provisional programme",
        "",
        (),
    )
    assert draft.template_version == 0


def test_paper_without_template_has_the_logo_of_who_organises(event):
    image = Image.objects.create(name=image_name(LOGO))
    Logo.objects.create(organisation=event.organisers.get().organisation, image=image)

    assert paper(event).paper.images == (image.name,)


@pytest.mark.parametrize("kind", [Kind.PROGRAMME, Kind.AIDE_MEMOIRE])
def test_template_gives_title_name_logo_and_note(event, kind):
    template = TemplateFactory(
        event=event,
        kind=kind,
        version=3,
        title_en="Timetable",
        body_en="<p>For {event_in_sentence}, {dates_in_sentence}.</p>",
    )
    image = Image.objects.create(name=image_name(LOGO))
    Logo.objects.create(organisation=template.letterhead, image=image)

    draft = paper(event, kind)

    made = draft.paper
    assert (made.heading, made.title) == ("Timetable", "Timetable: Specimen Workshop")
    assert made.organisation == template.letterhead.name_en
    assert made.note_html.startswith("<p>For the Specimen Workshop, from ")
    assert made.images == (image.name,)
    assert draft.template_version == 3
    assert render(made, [LOGO]).pages == 1


def test_note_with_an_empty_placeholder_is_named(event):
    TemplateFactory(event=event, kind=Kind.PROGRAMME, body_en="<p>Specimen</p>", body_es="<p>{theme}</p>")

    assert paper(event, language="es").reason == "{theme} has no value. It stands for: Theme of the event."
    assert paper(event, language="en").paper is not None
