"""The form of a person: names, dates, times, countries, telephones, and the fields of each role."""

from datetime import date, time

import pytest
from django.utils import translation

from registration import countries
from registration.fields import Asked
from registration.forms.fields import CountryField, DayField, HourField, PhoneField
from registration.forms.person import PersonForm, first_role, shown_value
from registration.models import Delegation, Participant
from tests.factories import DelegationFactory, EventFactory, ParticipantFactory
from tests.registration.person_page import assembly, day, sent
from tests.registration.samples import coordinator, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def delegation() -> Delegation:
    return assembly()


def world(delegation: Delegation, person: Participant | None = None, of_round: str = "register") -> dict:
    return {
        "delegation": delegation,
        "person": person or Participant(delegation=delegation),
        "asked": Asked(delegation.event),
        "of_round": of_round,
    }


def typed(delegation: Delegation, person: Participant | None = None, of_round: str = "register", **fields):
    """The form with these values typed into it."""
    shown = PersonForm(**world(delegation, person, of_round))
    return PersonForm(sent(shown, **fields), **world(delegation, person, of_round))


def names(form: PersonForm) -> set[str]:
    return set(form.fields)


def test_workshop_asks_six_fields():
    form = PersonForm(**world(draft(people=0)))

    assert list(form.fields) == ["role", "honorific", "given_names", "family_names", "gender", "function"]


def test_workshop_asks_of_an_accompanying_person_whom_they_accompany():
    form = typed(draft(people=0), role="accompanying")

    assert list(form.fields) == ["role", "honorific", "given_names", "family_names", "gender", "accompanies"]


def test_fields_stand_in_their_parts(delegation):
    form = PersonForm(**world(delegation))

    assert [heading for _section, heading, _fields in form.sections] == [
        "Who it is",
        "Functions",
        "Contact",
        "Passport and visa",
        "Arrival and departure",
        "List of participants",
    ]


def test_accompanying_person_is_asked_whom_and_no_function(delegation):
    form = typed(delegation, role="accompanying", given_names="Ana")

    assert names(form) & {"accompanies", "function", "chamber"} == {"accompanies"}


def test_role_chosen_anew_shows_what_is_asked_and_keeps_what_was_typed_and_stored(delegation):
    head = delegation.participants.get()
    data = sent(PersonForm(**world(delegation, head)), role="accompanying", given_names="Half typ")
    changed = PersonForm.for_new_role(data, **world(delegation, head))
    back = PersonForm.for_new_role(sent(changed, role="delegate"), **world(delegation, head))

    assert changed["given_names"].value() == "Half typ"
    assert "function" not in changed.fields
    assert back["function"].value() == "Member"


def test_field_that_was_not_shown_stays_as_it_is(delegation):
    head = delegation.participants.get()
    data = sent(PersonForm(**world(delegation, head)))
    del data["function"]

    form = PersonForm(data, **world(delegation, head))

    assert form.is_valid()
    assert "function" not in form.typed
    assert form.asks_more


NAMES = {
    "two Spanish surnames": ("María José", "García Márquez"),
    "one name": ("Suharto", ""),
    "one family name": ("", "Três"),
    "Arabic": ("محمد", "الفاسي"),
    "Amharic": ("አበበ", "ቢቂላ"),
    "Chinese": ("小明", "王"),
    "Cyrillic": ("Анна", "Щербакова"),
    "Devanagari with joiner": ("क्‍षमा", "शर्मा"),
    "Persian with non-joiner": ("علی‌رضا", "حسینی"),
    "Greek": ("Ελένη", "Παπαδοπούλου"),
    "Hebrew": ("שרה", "כהן"),
    "apostrophes and hyphens": ("Jean-Noël", "O’Brien-d'Ávila"),
    "one letter": ("X", "Y"),
    "suffix": ("John 3rd", "Smith, Jr."),
    "longest": ("a" * 120, "b" * 120),
    "HTML": ("<b>Ana</b>", "{{ name }}"),
    "formula": ("=HYPERLINK(1)", "@SUM"),
}


@pytest.mark.parametrize("script", NAMES)
def test_names_of_every_script_are_kept_as_typed(delegation, script):
    given, family = NAMES[script]
    form = typed(delegation, given_names=given, family_names=family)

    assert form.is_valid(), form.errors
    saved = form.save(actor=coordinator(delegation), language="en")
    assert (saved.given_names, saved.family_names) == (given, family)


CLEANED = {
    "spaces": ("  Ana \t María ", "Ana María"),
    "no-break space": ("Ana\u00a0María", "Ana María"),
    "line break": ("Ana\r\nMaría", "Ana María"),
    "decomposed accent": ("Jose\u0301", "José"),
    "soft hyphen": ("Mar\u00adía", "María"),
    "zero-width space": ("Ana\u200b", "Ana"),
    "byte-order mark": ("\ufeffAna", "Ana"),
    "right-to-left mark": ("\u200fAna\u200e", "Ana"),
    "embedding of direction": ("\u202aAna\u202c", "Ana"),
    "isolates": ("\u2067Ana\u2069", "Ana"),
}


@pytest.mark.parametrize("what", CLEANED)
def test_what_a_paste_carries_along_is_cleaned(delegation, what):
    pasted, kept = CLEANED[what]
    form = typed(delegation, given_names=pasted)

    assert form.is_valid()
    assert form.cleaned_data["given_names"] == kept


UNPRINTABLE = "This contains a character that cannot be printed (U+%s). Please type the text again."
CHOICE = "Select a valid choice. %s is not one of the available choices."
FIGURES = "Write the day, the month and the year in figures."
YEAR = "Write the year in four figures, from 1900 on."
REFUSED = {
    "null": ("given_names", {"given_names": "A\x00na"}, UNPRINTABLE % "0000"),
    "bell": ("family_names", {"family_names": "Ana\x07"}, UNPRINTABLE % "0007"),
    "escape": ("function", {"function": "\x1b[31mMember"}, UNPRINTABLE % "001B"),
    "override of direction": ("given_names", {"given_names": "\u202eanA"}, UNPRINTABLE % "202E"),
    "private sign": ("badge_name", {"badge_name": "Ana \ue000"}, UNPRINTABLE % "E000"),
    "unreadable sign": ("given_names", {"given_names": "An\ufffd"}, UNPRINTABLE % "FFFD"),
    "overlong name": (
        "given_names",
        {"given_names": "a" * 10_000},
        "Ensure this value has at most 120 characters (it has 10000).",
    ),
    "overlong function": (
        "function",
        {"function": "a" * 201},
        "Ensure this value has at most 200 characters (it has 201).",
    ),
    "no letter": (
        "family_names",
        {"family_names": "–"},
        "Write the name in letters, or leave the field empty.",
    ),
    "digits": ("badge_name", {"badge_name": "007"}, "Write the name in letters, or leave the field empty."),
    "no name": (
        "given_names",
        {"given_names": " ", "family_names": ""},
        "Enter the given names, the family names or both.",
    ),
    "role": ("role", {"role": "president"}, CHOICE % "president"),
    "no role": ("role", {"role": ""}, "This field is required."),
    "gender": ("gender", {"gender": "x"}, CHOICE % "x"),
    "honorific": ("honorific", {"honorific": "king"}, CHOICE % "king"),
    "address": ("email", {"email": "no address"}, "Enter a valid email address."),
    "two addresses": ("email", {"email": "a@p.example\nb@p.example"}, "Enter a valid email address."),
    "day that is not": ("birth_date", day("birth_date", "31", "2", "1980"), "There is no such day in the calendar."),
    "day without year": ("birth_date", day("birth_date", "3", "2", ""), FIGURES),
    "day in words": ("birth_date", day("birth_date", "three", "2", "1980"), FIGURES),
    "day with a null": ("birth_date", day("birth_date", "3\x00", "2", "1980"), FIGURES),
    "long day": ("birth_date", day("birth_date", "9" * 10_000, "2", "1980"), FIGURES),
    "year of two figures": ("birth_date", day("birth_date", "3", "2", "80"), YEAR),
    "born before 1900": ("birth_date", day("birth_date", "3", "2", "1899"), YEAR),
    "born in the future": ("birth_date", day("birth_date", "3", "2", "2190"), "This day is in the future."),
    "telephone without country": (
        "phone",
        {"phone": "022 555 01 23"},
        "Write the number with the code of its country, for example +41 22 555 01 23.",
    ),
    "country": ("nationality", {"nationality": "XX"}, CHOICE % "XX"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_bad_value_is_refused_at_its_field_with_a_sentence(delegation, what):
    name, value, sentence = REFUSED[what]

    form = typed(delegation, **{"given_names": "Ana", "function": "Member"} | value)

    assert {field: list(errors) for field, errors in form.errors.items()} == {name: [sentence]}


def test_person_of_another_delegation_accompanies_nobody_here(delegation):
    stranger = ParticipantFactory()

    form = typed(delegation, given_names="Ana", role="accompanying", accompanies=str(stranger.pk))

    assert list(form.errors["accompanies"]) == [CHOICE % stranger.pk]


def test_company_is_chosen_among_the_others_of_the_delegation(delegation):
    head = delegation.participants.get()
    ParticipantFactory(delegation=delegation, role="accompanying")
    ParticipantFactory(delegation=delegation, status="cancelled")

    form = typed(delegation, given_names="Ana", role="accompanying", accompanies=str(head.pk))

    assert form.is_valid()
    assert form.fields["accompanies"].choices == [("", ""), (str(head.pk), str(head))]
    assert form.cleaned_data["accompanies"] == head


def test_passport_that_ends_before_it_begins_is_refused(delegation):
    days = day("passport_issued_on", "1", "2", "2020") | day("passport_expires_on", "1", "2", "2019")

    form = typed(delegation, delegation.participants.get(), "travel", **days)

    assert form.errors == {"passport_expires_on": ["The passport expires before it was issued."]}


def test_departure_before_the_arrival_is_refused(delegation):
    days = day("arrival_on", "2", "2", "2027") | day("departure_on", "1", "2", "2027")

    form = typed(delegation, delegation.participants.get(), "travel", **days)

    assert form.errors == {"departure_on": ["The departure is before the arrival."]}


@pytest.mark.parametrize(
    "parts", [("1", "6", "1980"), ("01", "06", "1980"), (" 1 ", "6", "1980"), ("١", "٦", "١٩٨٠")]
)
def test_day_is_read_as_people_write_it(parts):
    assert DayField(required=False).clean(list(parts)) == date(1980, 6, 1)


@pytest.mark.parametrize("parts", [None, [], ["", "", ""], [None, " ", ""]])
def test_day_left_empty_is_none(parts):
    assert DayField(required=False).clean(parts) is None


@pytest.mark.parametrize(
    ("text", "hour"),
    [("09:30", time(9, 30)), ("9:30", time(9, 30)), ("9.30", time(9, 30)), ("23:59", time(23, 59))],
)
def test_hour_is_read_with_a_colon_or_a_point(text, hour):
    assert HourField().clean(text) == hour


def test_hour_is_shown_with_a_colon():
    assert 'value="09:30"' in HourField().widget.render("arrival_at", time(9, 30))


@pytest.mark.parametrize(
    "text", ["+41 22 555 01 23", "0041225550123", "+41-22-555-0123", "\u200e+41225550123"]
)
def test_telephone_is_kept_in_the_international_form(text):
    assert PhoneField().clean(text) == "+41 22 555 01 23"


@pytest.mark.parametrize("language", ["en", "es"])
def test_countries_are_named_in_the_reader_s_language_and_order(language):
    with translation.override(language):
        shown = [name for code, name in CountryField().choices if code]

    assert len(shown) > 240
    assert {"en": "Spain", "es": "España"}[language] in shown
    first, second = {"en": ("Åland Islands", "Albania"), "es": ("Panamá", "Perú")}[language]
    assert shown.index(first) < shown.index(second)


def test_no_country_is_a_union_or_unknown():
    assert {"EU", "UN", "ZZ", "EZ"} & countries.names("en").keys() == set()


def test_first_person_is_head_and_the_next_a_delegate():
    assert (first_role(draft(people=0)), first_role(draft(people=1))) == ("head", "delegate")


@pytest.mark.parametrize(
    ("group", "role"), [("panellists", "speaker"), ("secretariat", "staff"), ("press", "press")]
)
def test_group_begins_with_its_own_role(group, role):
    assert first_role(DelegationFactory(event=EventFactory(), organisation=None, group=group)) == role


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("function", "", "–"),
        ("birth_date", date(1980, 6, 1), "1 June 1980"),
        ("arrival_at", time(9, 5), "09:05"),
        ("visa_letter", True, "yes"),
        ("nationality", "UY", "Uruguay"),
        ("gender", "woman", "woman"),
    ],
)
def test_value_is_shown_in_words(name, value, words):
    assert shown_value(name, value) == words
