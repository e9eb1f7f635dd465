"""The texts and addressees of letters and aide-memoires."""

from datetime import UTC, date, datetime

import pytest

from documents.composing import Incomplete, Letters, addressees
from documents.models import Template
from documents.papers import Role
from events.models import Event, Organisation
from tests.factories import (
    EventFactory,
    EventOrganiserFactory,
    OrganisationFactory,
    ParliamentFactory,
    PresidingOfficerFactory,
    SignatoryFactory,
    TemplateFactory,
    WindowFactory,
)

DAY = date(2021, 4, 23)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    event = EventFactory(
        name_in_sentence_en="the ninth World e-Parliament Conference",
        name_in_sentence_es="la novena Conferencia Mundial sobre el Parlamento Electrónico",
        slug="e-parliament-2021",
        first_day=date(2021, 6, 16),
        last_day=date(2021, 6, 18),
        contact_name="Muestra Dos",
        contact_gender="m",
    )
    WindowFactory(
        event=event,
        opens_at=datetime(2021, 4, 1, tzinfo=UTC),
        closes_at=datetime(2021, 6, 5, 3, tzinfo=UTC),  # midnight at the end of 4 June in Montevideo
    )
    return event


@pytest.fixture
def template(event):
    template = TemplateFactory(event=event)
    SignatoryFactory(template=template)
    return template


def parliament(code="SR", country="Suriname", **fields):
    organisation = OrganisationFactory(
        code=code, kind=Organisation.Kind.NATIONAL, country_en=country, country_es=country, **fields
    )
    return ParliamentFactory(organisation=organisation)


def uruguay():
    """Return a parliament with two chambers, each with a presiding officer."""
    found = parliament(
        "UY",
        "Uruguay",
        name_en="General Assembly of Uruguay",
        name_es="Asamblea General del Uruguay",
        name_in_sentence_en="the General Assembly of Uruguay",
        name_in_sentence_es="la Asamblea General del Uruguay",
    )
    for chamber, name in (("upper", "Cámara de Senadores"), ("lower", "Cámara de Representantes")):
        PresidingOfficerFactory(
            parliament=found,
            chamber=chamber,
            chamber_name_en="Senate" if chamber == "upper" else "House of Representatives",
            chamber_name_es=name,
            office_en="President of the " + ("Senate" if chamber == "upper" else "House of Representatives"),
            office_es_f=f"Presidenta de la {name}",
            office_es_m=f"Presidente de la {name}",
            salutation_en_f="Madam President",
            salutation_en_m="Mr. President",
        )
    return found.organisation


def letter(template, language, organisation, **choice):
    (addressee,) = addressees(organisation, each_chamber=False, **choice)
    return Letters(template, language, DAY).letter_to(addressee)


def body(template, language, text, organisation=None):
    """Return the body of a letter made from this text, to a parliament whose name takes an article."""
    setattr(template, f"body_{language}", text)
    template.save()
    found = organisation or parliament(
        name_en="National Congress", name_in_sentence_es="el Congreso Nacional"
    )
    return letter(template, language, getattr(found, "organisation", found)).body_html


def test_addressee_of_unknown_gender_has_both_offices_and_salutations(template):
    written = letter(template, "es", uruguay())

    assert written.addressee_lines == (
        "Presidenta o Presidente de la Cámara de Representantes",
        "Presidenta o Presidente de la Cámara de Senadores",
        "Asamblea General del Uruguay",
    )
    assert written.salutation_lines == ("Estimada Señora Presidenta:", "Estimado Señor Presidente:")


def test_addressee_in_english_has_one_office_and_both_salutations(template):
    written = letter(template, "en", uruguay())

    assert written.addressee_lines == (
        "President of the House of Representatives",
        "President of the Senate",
        "General Assembly of Uruguay",
    )
    assert written.salutation_lines == ("Dear Madam President,", "Dear Mr. President,")


def test_addressee_with_name_and_gender_is_named_and_greeted_in_one_form(template):
    found = parliament(name_es="Cortes Generales", country="España")
    PresidingOfficerFactory(parliament=found, name="Muestra Uno", gender="f")

    written = letter(template, "es", found.organisation)

    assert written.addressee_lines == (
        "Muestra Uno",
        "Presidenta del Parlamento",
        "Cortes Generales",
        "España",
    )
    assert written.salutation_lines == ("Estimada Señora Presidenta:",)


def test_addressee_whose_office_hides_the_chamber_names_it(template):
    found = parliament("GB", "United Kingdom", name_en="Parliament of the United Kingdom")
    PresidingOfficerFactory(
        parliament=found,
        chamber="lower",
        chamber_name_en="House of Commons",
        office_en="Speaker of the House of Commons",
    )
    PresidingOfficerFactory(
        parliament=found,
        chamber="upper",
        chamber_name_en="House of Lords",
        office_en="Lord Speaker",
        salutation_en_f="Lord Speaker",
        salutation_en_m="Lord Speaker",
    )

    written = letter(template, "en", found.organisation)

    assert written.addressee_lines == (
        "Speaker of the House of Commons",
        "Lord Speaker",
        "House of Lords",
        "Parliament of the United Kingdom",
    )
    assert written.salutation_lines == ("Dear Madam Speaker,", "Dear Lord Speaker,", "Dear Mr. Speaker,")


def test_addressee_of_two_persons_in_one_office_is_plural(template):
    found = parliament("SM", "San Marino", name_es="Gran Consejo General de San Marino")
    PresidingOfficerFactory(
        parliament=found,
        office_en="Captains Regent",
        office_es_f="Capitanas Regentes",
        office_es_m="Capitanes Regentes",
        salutation_en_f="Excellencies",
        salutation_en_m="Excellencies",
        salutation_es_f="Señoras Capitanas Regentes",
        salutation_es_m="Señores Capitanes Regentes",
    )

    spanish, english = (letter(template, language, found.organisation) for language in ("es", "en"))

    assert spanish.addressee_lines[0] == "Capitanas o Capitanes Regentes"
    assert spanish.salutation_lines == (
        "Estimadas Señoras Capitanas Regentes:",
        "Estimados Señores Capitanes Regentes:",
    )
    assert english.salutation_lines == ("Dear Excellencies,",)


def test_addressee_whose_office_has_one_form_is_said_once(template):
    found = parliament("PL", "Polonia", name_es="Parlamento de Polonia")
    PresidingOfficerFactory(
        parliament=found,
        office_es_f="Mariscal del Sejm",
        office_es_m="Mariscal del Sejm",
        salutation_es_f="Señora Mariscal",
        salutation_es_m="Señor Mariscal",
    )

    written = letter(template, "es", found.organisation)

    assert written.addressee_lines == ("Mariscal del Sejm", "Parlamento de Polonia")
    assert written.salutation_lines == ("Estimada Señora Mariscal:", "Estimado Señor Mariscal:")


def test_addressee_without_presiding_officer_is_greeted_without_office(template):
    organisation = OrganisationFactory(name_en="Specimen Body", name_es="Organismo de Muestra")

    assert letter(template, "en", organisation).salutation_lines == ("Dear Madam,", "Dear Sir,")
    assert letter(template, "es", organisation).salutation_lines == ("Estimada Señora:", "Estimado Señor:")


def test_two_chambers_apart_get_a_letter_each(template):
    found = addressees(uruguay(), each_chamber=True)

    assert [one.subject for one in found] == ["UY-lower", "UY-upper"]
    assert Letters(template, "es", DAY).letter_to(found[1]).addressee_lines == (
        "Presidenta o Presidente de la Cámara de Senadores",
        "Asamblea General del Uruguay",
    )


def test_letter_is_dated_and_identified_for_its_reader(template, settings):
    settings.SITE_URL = "https://convoca.example"

    written = letter(template, "es", uruguay())

    assert written.place_and_date == "Ginebra, 23 de abril de 2021"
    assert written.title.endswith(": Taller de Muestra – Asamblea General del Uruguay")
    assert written.event_url == "https://convoca.example/es/events/e-parliament-2021/"
    assert written.contact == ("Muestra Dos", "contact@secretariat.example")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "to {event_in_sentence}", "to the ninth World e-Parliament Conference"),
        ("en", "{dates_in_sentence}", "from 16 to 18 June 2021"),
        ("en", "{Place_in_sentence}", "In Montevideo (Uruguay)"),
        ("en", "by {deadline}", "by Friday, 4 June 2021"),
        ("en", "{contact}", "my colleague, Mr. Muestra Dos"),
        ("en", "{one:I am|two:We are}", "I am"),
        ("es", "a {event_in_sentence}", "a la novena Conferencia Mundial sobre el Parlamento Electrónico"),
        ("es", "{dates_in_sentence}", "del 16 al 18 de junio de 2021"),
        ("es", "a más tardar el {deadline}", "a más tardar el viernes, 4 de junio de 2021"),
        ("es", "de {parliament_in_sentence}", "del Congreso Nacional"),
        ("es", "{contact}", "mi colega, el Sr. Muestra Dos"),
        (
            "es",
            "{contact_email}",
            '<a href="mailto:contact@secretariat.example">contact@secretariat.example</a>',
        ),
    ],
)
def test_placeholder_in_a_letter_takes_the_form_of_its_language(template, language, text, expected):
    assert body(template, language, f"<p>{text}</p>") == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("gender", "english", "spanish"),
    [
        ("f", "our colleague, Ms. Muestra Dos", "nuestra colega, la Sra. Muestra Dos"),
        ("m", "our colleague, Mr. Muestra Dos", "nuestro colega, el Sr. Muestra Dos"),
        ("", "our colleague Muestra Dos", "Muestra Dos"),
    ],
)
def test_contact_of_two_signatories_is_theirs_and_has_a_gender(template, gender, english, spanish):
    SignatoryFactory(template=template)
    Event.objects.update(contact_gender=gender)
    template.event.refresh_from_db()

    found = parliament()

    assert body(template, "en", "<p>{contact}</p>", found) == f"<p>{english}</p>"
    assert body(template, "es", "<p>{contact}</p>", found) == f"<p>{spanish}</p>"


@pytest.mark.parametrize(
    ("mode", "english", "spanish"),
    [
        (Event.Mode.ONLINE, "online", "en línea"),
        (Event.Mode.HYBRID, "in Montevideo (Uruguay) and online", "en Montevideo (Uruguay) y en línea"),
    ],
)
def test_place_of_an_event_online_is_said(template, mode, english, spanish):
    template.event.mode = mode
    found = parliament()

    assert body(template, "en", "<p>{place_in_sentence}</p>", found) == f"<p>{english}</p>"
    assert body(template, "es", "<p>{place_in_sentence}</p>", found) == f"<p>{spanish}</p>"


def test_placeholder_without_value_is_refused_by_name(template):
    template.event.windows.all().delete()

    with pytest.raises(Incomplete, match=r"\{deadline\} has no value"):
        body(template, "en", "<p>by {deadline}</p>")


def test_name_with_markup_stays_text_in_a_letter(template):
    found = parliament(name_en="Assembly <b>&</b>", name_in_sentence_en="the Assembly <b>&</b>")

    assert body(template, "en", "<p>{parliament_in_sentence}</p>", found) == (
        "<p>the Assembly &lt;b&gt;&amp;&lt;/b&gt;</p>"
    )


def test_letter_without_a_name_in_its_language_is_incomplete(template):
    organisation = OrganisationFactory(name_es="")

    with pytest.raises(Incomplete, match="Spanish"):
        letter(template, "es", organisation)


def test_letter_that_nobody_signs_is_incomplete(event):
    with pytest.raises(Incomplete, match="signs"):
        letter(TemplateFactory(event=event), "en", uruguay())


def test_body_that_is_no_parliament_gets_its_own_wording(template):
    template.body_for_bodies_en = "<p>We would value your presence.</p>"
    template.save()
    body_of_un = OrganisationFactory(kind=Organisation.Kind.ORGANISATION)

    assert letter(template, "en", body_of_un).body_html == "<p>We would value your presence.</p>"
    assert letter(template, "en", uruguay()).body_html != "<p>We would value your presence.</p>"


def test_collective_letter_goes_to_all_and_to_no_parliament(event):
    template = TemplateFactory(
        event=event,
        kind=Template.Kind.COLLECTIVE,
        addressee_es="A la atención de todos los Grupos de la UIP",
        body_es="<p>Me complace invitar a su parlamento.</p>",
    )
    SignatoryFactory(template=template)

    written = Letters(template, "es", DAY).collective_letter()

    assert written.addressee_lines == ("A la atención de todos los Grupos de la UIP",)
    assert written.recipient == "A la atención de todos los Grupos de la UIP"
    assert written.salutation_lines == ("Estimada Señora Presidenta:", "Estimado Señor Presidente:")


def test_collective_letter_has_the_salutation_of_its_template(event):
    template = TemplateFactory(
        event=event,
        kind=Template.Kind.COLLECTIVE,
        addressee_en="To all IPU Groups",
        salutation_en="Dear Madam Chair,\n\nDear Mr. Chair,\n",
        body_en="<p>Specimen</p>",
    )
    SignatoryFactory(template=template)

    assert Letters(template, "en", DAY).collective_letter().salutation_lines == (
        "Dear Madam Chair,",
        "Dear Mr. Chair,",
    )


@pytest.mark.parametrize(
    ("is_demo", "line"), [(True, "Specimen made by the Convoca demonstration"), (False, "")]
)
def test_letter_of_the_demonstration_says_so(template, settings, is_demo, line):
    settings.SPECIMEN = is_demo

    assert letter(template, "en", uruguay()).specimen == line


def test_contact_named_in_the_body_is_not_printed_twice(template):
    template.body_en = "<p>Write to {contact_email}.</p>"
    template.save()

    assert letter(template, "en", uruguay()).contact == ()


def test_letter_names_who_organises_beside_the_writer(template):
    EventOrganiserFactory(event=template.event, organisation=template.letterhead, role="co_organised")
    addressee = uruguay()
    alone = letter(template, "es", addressee).organisers
    host = OrganisationFactory(name_en="Senate of Specimen", name_es="Senado de Muestra")
    EventOrganiserFactory(event=template.event, organisation=host, role="hosted")

    written = letter(template, "es", addressee).organisers

    assert alone == ()
    assert written == (
        Role("Coorganiza", (template.letterhead.name_es,)),
        Role("Acoge", ("Senado de Muestra",)),
    )
