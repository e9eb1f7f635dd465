import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from events.wording import adapt_for_joining, contract, join_list, sentence_start


@pytest.mark.parametrize(
    ("before", "value", "joined"),
    [
        ("de ", "el Congreso Nacional de Chile", "del Congreso Nacional de Chile"),
        ("a ", "el Congreso Nacional de Chile", "al Congreso Nacional de Chile"),
        ("A ", "el Parlamento Andino", "Al Parlamento Andino"),
        ("De ", "el Parlamento Andino", "Del Parlamento Andino"),
        (
            "Estimados miembros de ",
            "el Parlamento del Uruguay",
            "Estimados miembros del Parlamento del Uruguay",
        ),
        ("a partir de ", "el 20 de septiembre de 2011", "a partir del 20 de septiembre de 2011"),
        ("de ", "El Salvador", "de El Salvador"),
        ("a ", "El Salvador", "a El Salvador"),
        ("de ", "la Asamblea General del Uruguay", "de la Asamblea General del Uruguay"),
        ("a ", "la Asamblea Legislativa de El Salvador", "a la Asamblea Legislativa de El Salvador"),
        ("de ", "los Estados Unidos de América", "de los Estados Unidos de América"),
        ("de ", "las Cortes Generales", "de las Cortes Generales"),
        ("de ", "él", "de él"),
        ("de ", "electores", "de electores"),
        ("sede ", "el Congreso", "sede el Congreso"),
        ("para ", "el Congreso", "para el Congreso"),
        ("desde ", "el Congreso", "desde el Congreso"),
        ("de «", "el Congreso", "de «el Congreso"),
        ("", "el Congreso", "el Congreso"),
        ("de <em>", "el Congreso</em>", "del <em>Congreso</em>"),
        ("de ", "<em>el Congreso</em>", "del <em>Congreso</em>"),
        ("de <strong><em>", "el Congreso", "del <strong><em>Congreso"),
        ('a <a href="https://x.example">', "el Congreso</a>", 'al <a href="https://x.example">Congreso</a>'),
        ("<p>A ", "el Congreso", "<p>Al Congreso"),
        ("de&nbsp;", "el Congreso", "del&nbsp;Congreso"),
        ("de\n", "el Congreso", "del\nCongreso"),
    ],
)
def test_fit_of_a_value_with_article_contracts_the_preposition(before, value, joined):
    assert "".join(adapt_for_joining(before, value, "es")) == joined


@pytest.mark.parametrize(
    ("before", "value", "joined"),
    [
        ("el Iraq y ", "Irán", "el Iraq e Irán"),
        ("y ", "Israel", "e Israel"),
        ("y ", "Íñigo", "e Íñigo"),
        ("y ", "IFLA", "e IFLA"),
        ("y ", "Hidalgo", "e Hidalgo"),
        ("y ", "híbridos", "e híbridos"),
        ("Y ", "Islandia", "E Islandia"),
        ("y «", "Irán»", "e «Irán»"),
        ("y ", "“Irlanda”", "e “Irlanda”"),
        ("y ", "<em>Italia</em>", "e <em>Italia</em>"),
        ("y <strong>", "Indonesia", "e <strong>Indonesia"),
        ("y ", "&quot;Islas Cook&quot;", "e &quot;Islas Cook&quot;"),
        ("y ", "Yvonne", "e Yvonne"),
        ("y ", "hielo", "y hielo"),
        ("y ", "Hiatos", "y Hiatos"),
        ("y ", "hioides", "y hioides"),
        ("y ", "iones", "y iones"),
        ("y ", "el Yemen", "y el Yemen"),
        ("y ", "Yemen", "y Yemen"),
        ("y ", "la India", "y la India"),
        ("y ", "Chile", "y Chile"),
        ("¿Y ", "Irán", "¿Y Irán"),
        ("hoy ", "Irán", "hoy Irán"),
        ("Uruguay o ", "Honduras", "Uruguay u Honduras"),
        ("o ", "Omán", "u Omán"),
        ("o ", "órganos", "u órganos"),
        ("O ", "Oaxaca", "U Oaxaca"),
        ("7 o ", "8", "7 u 8"),
        ("o ", "80 personas", "u 80 personas"),
        ("10 o ", "11", "10 u 11"),
        ("o ", "11.000", "u 11.000"),
        ("o ", "110", "o 110"),
        ("o ", "18", "o 18"),
        ("o ", "Uruguay", "o Uruguay"),
        ("o ", "hueco", "o hueco"),
        ("dijo ", "Omán", "dijo Omán"),
    ],
)
def test_fit_of_a_value_after_a_conjunction_goes_by_its_sound(before, value, joined):
    assert "".join(adapt_for_joining(before, value, "es")) == joined


@pytest.mark.parametrize(
    ("before", "value"), [("de ", "el Congreso"), ("y ", "Irán"), ("o ", "Omán"), ("a ", "el 4 de junio")]
)
def test_fit_in_english_changes_nothing(before, value):
    assert adapt_for_joining(before, value, "en") == (before, value)


@pytest.mark.parametrize(
    ("before", "value", "language", "joined"),
    [
        ("en el evento «", "Taller «Normas»", "es", "en el evento «Taller “Normas”"),
        ("the event “", "Workshop “Rules”", "en", "the event “Workshop ‘Rules’"),
        ("en el evento ", "Taller «Normas»", "es", "en el evento Taller «Normas»"),
        ("de «", "Irán»", "es", "de «Irán»"),
    ],
)
def test_fit_of_a_title_in_quotation_marks_takes_the_next_kind_inside(before, value, language, joined):
    assert "".join(adapt_for_joining(before, value, language)) == joined


def test_fit_of_one_value_after_another_leaves_the_words_between_them():
    text = ""
    for literal, value in [
        ("Lema de el Foro y Ideas: carta de ", "el Parlamento del Uruguay"),
        (" a ", "el Congreso de el Pueblo"),
        (", Chile y ", "Irán"),
    ]:
        text, value = adapt_for_joining(text + literal, value, "es")
        text += value

    assert text == (
        "Lema de el Foro y Ideas: carta del Parlamento del Uruguay al Congreso de el Pueblo, Chile e Irán"
    )


@pytest.mark.slow
@given(before=st.text(), value=st.text())
def test_fit_of_any_text_touches_the_seam_only(before, value):
    assume(not before.endswith(("«", "“")))
    new_before, new_value = adapt_for_joining(before, value, "es")

    head, tail = before.rstrip()[:-1], before[len(before.rstrip()) :]
    assert new_before.startswith(head)
    assert new_before.endswith(tail)
    assert value.endswith(new_value)


@pytest.mark.parametrize(
    ("text", "contracted"),
    [
        ("Presidente de el Senado", "Presidente del Senado"),
        ("Invitación a el Congreso de el Perú", "Invitación al Congreso del Perú"),
        ("A el Congreso", "Al Congreso"),
        ("De el Congreso", "Del Congreso"),
        ("de <em>el Congreso</em>", "del <em>Congreso</em>"),
        ("de él a El Salvador", "de él a El Salvador"),
        ("de la Asamblea a los Estados Unidos", "de la Asamblea a los Estados Unidos"),
        ("desde el lunes hacia el Sur", "desde el lunes hacia el Sur"),
        ("", ""),
    ],
)
def test_contract_of_a_whole_text_joins_preposition_and_article(text, contracted):
    assert contract(text) == contracted


@given(
    st.lists(
        st.sampled_from(["de", "a", "el", "El", "la", "y", "<em>", "</em>", "él", "Congreso"]), max_size=12
    )
)
def test_contract_twice_changes_nothing_more(words):
    once = contract(" ".join(words))

    assert contract(once) == once


@pytest.mark.parametrize(
    ("items", "language", "joined"),
    [
        ([], "en", ""),
        (["Chile"], "es", "Chile"),
        (["Chile", "Peru"], "en", "Chile and Peru"),
        (["Chile", "Ireland"], "en", "Chile and Ireland"),
        (["Chile", "Peru", "Uruguay"], "en", "Chile, Peru and Uruguay"),
        (["Chile", "el Perú"], "es", "Chile y el Perú"),
        (["Chile", "el Perú", "el Uruguay"], "es", "Chile, el Perú y el Uruguay"),
        (["Chile", "Irlanda"], "es", "Chile e Irlanda"),
        (["español", "francés", "inglés"], "es", "español, francés e inglés"),
        (["Chile", "el Iraq"], "es", "Chile y el Iraq"),
    ],
)
def test_join_list_of_names_reads_as_in_a_sentence(items, language, joined):
    assert join_list(items, language) == joined


@pytest.mark.parametrize(
    ("items", "language", "joined"),
    [
        (["Uruguay", "Honduras"], "es", "Uruguay u Honduras"),
        (["Uruguay", "Chile"], "es", "Uruguay o Chile"),
        (["Uruguay", "Honduras"], "en", "Uruguay or Honduras"),
    ],
)
def test_join_list_of_alternatives_uses_or(items, language, joined):
    assert join_list(items, language, "or") == joined


@pytest.mark.parametrize(
    ("text", "capitalised"),
    [
        ("el Congreso Nacional de Chile", "El Congreso Nacional de Chile"),
        ("órganos", "Órganos"),
        ("«el Congreso»", "«El Congreso»"),
        ("“the Parliament”", "“The Parliament”"),
        ("¿quién?", "¿Quién?"),
        ("¡<em>el Congreso</em>!", "¡<em>El Congreso</em>!"),
        ("<p><em>la Asamblea", "<p><em>La Asamblea"),
        ("&quot;el Congreso&quot;", "&quot;El Congreso&quot;"),
        ("23 de abril", "23 de abril"),
        ("Chile", "Chile"),
        ("", ""),
    ],
)
def test_sentence_start_is_a_capital_behind_marks_and_tags(text, capitalised):
    assert sentence_start(text) == capitalised
