"""The list of an event's files, as readers see it."""

from datetime import time, timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags

from attachments.models import Attachment
from tests.factories import AttachmentFactory, EventFactory, OrganisationFactory, SessionFactory, UserFactory

pytestmark = pytest.mark.django_db


def shown(event, language="en"):
    with translation.override(language):
        attachments = event.attachments.visible_to(None).in_page_order()
        return render_to_string("attachments/_list.html", {"attachments": attachments, "event": event})


def words(html):
    return " ".join(strip_tags(html).split())


def test_order_is_general_files_first_then_the_programme():
    event = EventFactory()
    later = SessionFactory(
        event=event, day=event.first_day + timedelta(days=1), starts=time(9), ends=time(10)
    )
    first = SessionFactory(event=event, day=event.first_day, starts=time(9), ends=time(10))
    untimed = SessionFactory(event=event)
    files = {
        name: AttachmentFactory(event=event, session=session, order=order)
        for name, session, order in [
            ("untimed", untimed, 0),
            ("later", later, 0),
            ("first, second", first, 2),
            ("first, first", first, 1),
            ("general, second", None, 9),
            ("general, first", None, 3),
        ]
    }

    found = list(Attachment.objects.in_page_order())

    expected = ["general, first", "general, second", "first, first", "first, second", "later", "untimed"]
    assert found == [files[name] for name in expected]


def test_list_groups_files_and_names_type_language_and_size():
    event = EventFactory()
    session = SessionFactory(event=event, title_en="Planning", title_es="Planificación")
    body = OrganisationFactory(name_en="Senate of Chile", name_es="Senado de Chile")
    AttachmentFactory(event=event, title_en="Agenda", title_es="Programa", languages="en,es", size=128_994)
    AttachmentFactory(
        event=event,
        session=session,
        title_en="Strategy",
        title_es="Estrategia",
        presented_by=body,
        languages="es",
        size=2_453_668,
        extension="pptx",
    )

    assert words(shown(event)) == (
        "Agenda PDF · English and Spanish · 125.97\u00a0KB "
        "Planning Strategy Presented by: Senate of Chile · PowerPoint · Spanish · 2.34\u00a0MB"
    ).replace("\u00a0", " ")
    assert "2,34\u00a0MB" in shown(event, "es")


def test_link_is_called_by_its_title_and_what_stands_below():
    event = EventFactory()
    attachment = AttachmentFactory(event=event)

    html = shown(event)

    pk = attachment.pk
    assert (
        f'<a id="file-{pk}" href="/en/events/{event.slug}/files/{pk}/" aria-labelledby="file-{pk} file-{pk}-facts">'
        in html
    )
    assert f'<p class="soft" id="file-{pk}-facts">' in html


@pytest.mark.parametrize(
    ("languages", "page", "marked"),
    [("es", "en", True), ("es", "es", False), ("en,es", "en", False), ("", "en", False)],
)
def test_link_to_a_file_in_another_language_says_so(languages, page, marked):
    event = EventFactory()
    AttachmentFactory(event=event, languages=languages)

    assert ('hreflang="es"' in shown(event, page)) is marked


def test_title_that_exists_in_the_other_language_only_is_marked():
    event = EventFactory()
    AttachmentFactory(event=event, title_en="", title_es="Programa")

    assert '<span lang="es">Programa</span>' in shown(event)


def test_names_that_would_run_are_shown():
    event = EventFactory()
    AttachmentFactory(
        event=event, title_en="<script>x</script>", presented_by_text_en="By <img src=x onerror=y>"
    )

    html = shown(event)

    assert ("<script>" in html, "<img" in html) == (False, False)
    assert ("&lt;script&gt;" in html, "&lt;img" in html) == (True, True)


@pytest.mark.parametrize("count", [1, 10])
def test_list_takes_one_query_however_many_files(count, django_assert_num_queries):
    event = EventFactory()
    for _number in range(count):
        AttachmentFactory(
            event=event, session=SessionFactory(event=event), presented_by=OrganisationFactory()
        )

    with django_assert_num_queries(1):
        shown(event)


def test_visible_files_are_listed_once_for_a_person_with_several_parts():
    event = EventFactory()
    AttachmentFactory(event=event)
    user = UserFactory()
    event.members.create(user=user)
    event.members.create(user=UserFactory())

    assert Attachment.objects.visible_to(user).count() == 1
