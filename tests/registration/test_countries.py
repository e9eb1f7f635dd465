"""Countries have the names that the United Nations use, sorted for the reader's language."""

import pytest

from registration import countries


@pytest.mark.parametrize(
    ("code", "english", "spanish"),
    [
        ("CI", "Côte d’Ivoire", "Côte d’Ivoire"),
        ("KP", "Democratic People’s Republic of Korea", "República Popular Democrática de Corea"),
        ("PS", "State of Palestine", "Estado de Palestina"),
        ("TW", "Taiwan Province of China", "Provincia china de Taiwán"),
        ("VA", "Holy See", "Santa Sede"),
    ],
)
def test_country_bears_the_name_of_the_united_nations(code, english, spanish):
    assert (countries.names("en")[code], countries.names("es")[code]) == (english, spanish)


def test_every_country_has_a_name_in_both_languages():
    assert countries.names("en").keys() == countries.names("es").keys()
    assert all(countries.names("en").values())
    assert all(countries.names("es").values())


def test_accents_do_not_put_a_country_at_the_end():
    found = list(countries.names("en").values())

    assert found.index("Åland Islands") < found.index("Albania") < found.index("Zimbabwe")
