import pytest
from django.utils import translation

from registration.models import Participant
from registration.roles import honorific_of, role_of

Role, Honorific, Gender = Participant.Role, Participant.Honorific, Participant.Gender


@pytest.mark.parametrize(
    ("gender", "english", "spanish"),
    [
        (Gender.WOMAN, "Head of delegation", "Jefa de la delegación"),
        (Gender.MAN, "Head of delegation", "Jefe de la delegación"),
        (Gender.OTHER, "Head of delegation", "Jefatura de la delegación"),
        (Gender.NOT_STATED, "Head of delegation", "Jefatura de la delegación"),
    ],
)
def test_role_of_a_person_is_in_the_word_for_their_gender(gender, english, spanish):
    person = Participant(role=Role.HEAD, gender=gender)

    for language, word in (("en", english), ("es", spanish)):
        with translation.override(language):
            assert role_of(person) == word


@pytest.mark.parametrize(
    ("honorific", "gender", "word"),
    [
        (Honorific.DR, Gender.WOMAN, "Dra."),
        (Honorific.DR, Gender.MAN, "Dr."),
        (Honorific.DR, Gender.NOT_STATED, "Dr. / Dra."),
        (Honorific.SENATOR, Gender.WOMAN, "Sen."),
        (Honorific.NONE, Gender.WOMAN, ""),
    ],
)
def test_honorific_of_a_person_is_in_the_word_for_their_gender(honorific, gender, word):
    with translation.override("es"):
        assert honorific_of(Participant(honorific=honorific, gender=gender)) == word
