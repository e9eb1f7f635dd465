"""The order of names in each language."""

import pytest

from events.collation import sort_key


def in_order(names, language):
    return sorted(names, key=lambda name: sort_key(name, language))


def test_spanish_puts_n_with_tilde_behind_every_n_and_english_does_not():
    names = ["Ñuble", "Nzérékoré", "Oaxaca", "Nápoles", "ñame"]

    assert in_order(names, "es") == ["Nápoles", "Nzérékoré", "ñame", "Ñuble", "Oaxaca"]
    assert in_order(names, "en") == ["ñame", "Nápoles", "Ñuble", "Nzérékoré", "Oaxaca"]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    "names",
    [
        ["Angola", "Ángulo", "Azerbaiyán", "Zambia"],
        ["Cote", "Côte", "Côté"],
        ["Guinea", "Guinea-Bissau", "Guinea Ecuatorial", "Guyana"],
        ["Santo Tomé", "São Paulo", "Senegal"],
        ["Łódź", "Lodzia"],
        ["Ægir", "Afghanistan"],
        ["polo", "Polo", "pólo"],
        ["10 Parlamento", "Albania", "Ελλάδα", "Україна", "مصر"],
    ],
)
def test_letters_come_before_accents_and_accents_before_capitals(names, language):
    assert in_order(reversed(names), language) == names


def test_letter_and_mark_apart_are_the_letter_with_its_mark():
    assert sort_key("N\u0303uble", "es")[:2] == sort_key("Ñuble", "es")[:2]
