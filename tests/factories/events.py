from datetime import timedelta

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from attachments.models import Attachment
from events.models import (
    AgendaItem,
    Event,
    EventMember,
    EventOrganiser,
    EventSection,
    Organisation,
    Panellist,
    Session,
    Window,
)
from tests.factories.accounts import UserFactory


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    code = factory.Sequence(lambda n: f"x-body-{n}")
    name_en = factory.LazyAttribute(lambda o: f"Specimen Body {o.code}")
    name_es = factory.LazyAttribute(lambda o: f"Organismo de Muestra {o.code}")
    name_in_sentence_en = factory.LazyAttribute(lambda o: f"the {o.name_en}")
    name_in_sentence_es = factory.LazyAttribute(lambda o: f"el {o.name_es}")


class EventFactory(factory.django.DjangoModelFactory):
    """A published workshop of three days that begins in fifty days, complete in both languages."""

    class Meta:
        model = Event

    slug = factory.Sequence(lambda n: f"workshop-{n}")
    reference = factory.Sequence(lambda n: f"WS-{n}")
    status = Event.Status.PUBLISHED
    title_en = "Specimen Workshop"
    title_es = "Taller de Muestra"
    name_in_sentence_en = "the Specimen Workshop"
    name_in_sentence_es = "el Taller de Muestra"
    summary_en = "A workshop for the tests."
    summary_es = "Un taller para las pruebas."
    description_en = "<p>What the workshop is about.</p>"
    description_es = "<p>De qué trata el taller.</p>"
    first_day = factory.LazyFunction(lambda: timezone.now().date() + timedelta(days=50))
    last_day = factory.LazyAttribute(lambda o: o.first_day + timedelta(days=2))
    zone = "America/Montevideo"
    city_en = city_es = "Montevideo"
    country_en = country_es = "Uruguay"
    working_languages = "en,es"
    contact_name = "Specimen Contact"
    contact_email = "contact@secretariat.example"


class EventMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EventMember

    event = factory.SubFactory(EventFactory)
    user = factory.SubFactory(UserFactory)


class EventOrganiserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EventOrganiser

    event = factory.SubFactory(EventFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class EventSectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EventSection

    event = factory.SubFactory(EventFactory)
    kind = EventSection.Kind.BACKGROUND
    text_en = "<p>Why it is held.</p>"
    text_es = "<p>Por qué se celebra.</p>"


class AgendaItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgendaItem

    event = factory.SubFactory(EventFactory)
    order = factory.Sequence(lambda n: n)
    title_en = factory.Sequence(lambda n: f"Item {n}")
    title_es = factory.Sequence(lambda n: f"Punto {n}")


class WindowFactory(factory.django.DjangoModelFactory):
    """A window for registration that is open now."""

    class Meta:
        model = Window

    event = factory.SubFactory(EventFactory)
    stage = Window.Stage.REGISTER
    opens_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=10))
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=20))


class SessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Session

    event = factory.SubFactory(EventFactory)
    order = factory.Sequence(lambda n: n)
    title_en = factory.Sequence(lambda n: f"Session {n}")
    title_es = factory.Sequence(lambda n: f"Sesión {n}")


class PanellistFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Panellist

    session = factory.SubFactory(SessionFactory)
    name = factory.Sequence(lambda n: f"Specimen Speaker {n}")
    function_en = "Director"
    function_es = "Directora"


class AttachmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attachment

    event = factory.SubFactory(EventFactory)
    title_en = factory.Sequence(lambda n: f"Document {n}")
    title_es = factory.Sequence(lambda n: f"Documento {n}")
    languages = "en"
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.4 specimen", name="specimen.pdf"))
    file_name = "specimen.pdf"
    content_type = "application/pdf"
    extension = "pdf"
    size = 17
    checksum = "0" * 64
