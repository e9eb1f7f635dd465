"""Test every URL with every role. A route that is not declared in tests/routes.py is an error."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib import admin
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from pytest_django import DjangoDbBlocker

from accounts.models import User
from attachments.models import Attachment
from documents import store
from documents.models import Document, MergedFile
from events.models import Event, Organisation
from jobs.models import OutgoingMail, State
from registration import links
from registration.models import Delegation, Participant, Upload
from tests.factories import (
    AskedFieldFactory,
    AttachmentFactory,
    BatchFactory,
    ChangeRequestFactory,
    DelegationFactory,
    EventFactory,
    EventMemberFactory,
    InvitationFactory,
    ParticipantFactory,
    StaffFactory,
    TemplateFactory,
    UserFactory,
)
from tests.routes import OPEN_ACCOUNT_PAGES, PERSONAL_ACCOUNT_PAGES, ROLES, ROUTES

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def file_of(event: Event, audience: str) -> Attachment:
    return AttachmentFactory(event=event, audience=audience)


def document_of(event: Event, organisation: Organisation, number: int, **fields: Any) -> Document:
    sha256 = store.save(lambda file: file.write(b"%PDF-1.7 specimen"))
    facts = {"state": State.DONE, "file_sha256": sha256, "size": 17, "pages": 1}
    made = {"kind": Document.Kind.INVITATION} | facts | fields
    return Document.objects.create(
        event=event,
        organisation=organisation,
        subject=organisation.code,
        language="en",
        snapshot={},
        content_hash=str(number) * 64,
        date=date(2026, 4, 23),
        reference=f"SPECIMEN-{number}",
        code=f"0000-0000-0000-000{number}",
        **made,
    )


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[SimpleNamespace]:
    """One world for all tests of this module. Each test's changes to the database are rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield made_world()
        transaction.set_rollback(True)


def made_world() -> SimpleNamespace:
    """Create an event with everything that it can have, a user of each role, and the values that URLs need."""
    event, draft = EventFactory(), EventFactory(status=Event.Status.DRAFT)
    organiser = EventMemberFactory(event=event).user
    EventMemberFactory(event=draft, user=organiser)
    people = {
        "visitor": None,
        "stranger": UserFactory(),
        "coordinator": UserFactory(),
        "organiser": organiser,
        "officer": StaffFactory(),
    }
    delegation = DelegationFactory(event=event, coordinators=[people["coordinator"]])
    head = ParticipantFactory(delegation=delegation, role="head")
    invitation = InvitationFactory(event=event, organisation=delegation.organisation)
    for kind in ("invitation", "collective"):
        TemplateFactory(event=event, kind=kind)
    values = {
        "event": {"slug": event.slug},
        "draft": {"slug": draft.slug},
        "delegation": {"pk": delegation.pk},
        "invitation": {"pk": invitation.pk},
        "participant": {"person": head.pk},
        "registered": {"person": ParticipantFactory(delegation=delegation, status="submitted").pk},
        "change_request": {"asked": ChangeRequestFactory(delegation=delegation).pk},
        "other_participant": {"person": ParticipantFactory().pk},
        "no_file": {"pk": 999_999},
        "csv": {"extension": "csv"},
        "kind": {"kind": "programme"},
        "wrong_token": {"token": "a" * 26},
        "wrong_code": {"code": "ZZZZ-ZZZZ-ZZZZ-ZZZZ"},
        "mail": {"number": 1},
        "enclosed": {"file": 1},
    }
    values |= values_of_coordination(delegation, people["stranger"])
    values |= values_of_uploads(delegation, head)
    values |= values_of_documents(event, delegation) | values_of_files_and_links(event)
    cookies = {role: cookies_of(person) for role, person in people.items()}
    return SimpleNamespace(cookies=cookies, values=values, event=event)


def cookies_of(person: User | None) -> dict[str, str]:
    """Return the cookies of a browser in which this person has signed in."""
    client = Client()
    if person:
        client.force_login(person)
    return {name: cookie.value for name, cookie in client.cookies.items()}


def values_of_coordination(delegation: Delegation, invited: User) -> dict[str, dict[str, Any]]:
    """Add a second coordinator, and invite a third."""
    second = UserFactory()
    delegation.coordinators.add(second)
    candidate = delegation.candidates.create(user=invited)
    return {"person_of_it": {"person": second.pk}, "candidate": {"candidate": candidate.pk}}


def values_of_uploads(delegation: Delegation, head: Participant) -> dict[str, dict[str, Any]]:
    """Add a portrait of the delegation's head, and one of a person of another delegation."""
    for name in ("photo", "nomination"):
        AskedFieldFactory(event=delegation.event, name=name)
    return {
        "nomination": {"kind": "nomination"},
        "portrait": {"person": head.pk, "kind": "photo"},
        "kept_portrait": {"upload": portrait_of(head).pk},
        "other_portrait": {"upload": portrait_of(ParticipantFactory()).pk},
    }


def portrait_of(person: Participant) -> Upload:
    file = ContentFile(b"portrait", name="portrait.jpg")
    facts = {"name": "portrait.jpg", "content_type": "image/jpeg", "size": 8, "checksum": "0" * 64}
    return person.uploads.create(delegation=person.delegation, kind="photo", file=file, **facts)


def values_of_documents(event: Event, delegation: Delegation) -> dict[str, dict[str, Any]]:
    """Create a merged batch with the delegation's letter, another delegation's letter, and one that failed."""
    other = DelegationFactory(event=event, coordinators=[UserFactory()])
    document = document_of(event, delegation.organisation, 1)
    other_document = document_of(event, other.organisation, 2)
    failed = document_of(
        event, other.organisation, 3, state=State.FAILED, error_code="engine", file_sha256=""
    )
    batch = BatchFactory(event=event, state=State.DONE)
    batch.documents.set([document, other_document, failed])
    MergedFile.objects.create(
        batch=batch, state=State.DONE, file_sha256=document.file_sha256, size=17, pages=2
    )
    visas = [
        document_of(event, one.organisation, number, kind="visa-letter", delegation=one)
        for number, one in ((4, delegation), (5, other))
    ]
    private = BatchFactory(event=event, kind="visa-letter", state=State.DONE)
    private.documents.set(visas)
    return {
        "confirmation": {"kind": "confirmation"},
        "visa_letter": {"pk": visas[0].pk},
        "other_visa_letter": {"pk": visas[1].pk},
        "private_batch": {"pk": private.pk},
        "batch": {"pk": batch.pk},
        "document": {"pk": document.pk},
        "other_document": {"pk": other_document.pk},
        "failed_document": {"document": failed.pk},
        "code": {"code": document.code},
        "parliament": {"code": delegation.organisation.code},
        "letter_mail": {"pk": mail_of(document).pk},
    }


def mail_of(document: Document) -> OutgoingMail:
    """Create a failed mail that delivers the document."""
    mail = OutgoingMail.objects.create(
        kind="letter",
        to="international@parliament.example",
        message_id="<1@site.example>",
        state=State.FAILED,
    )
    mail.deliveries.create(document=document)
    return mail


def values_of_files_and_links(event: Event) -> dict[str, dict[str, Any]]:
    """Create a file for each audience, and a valid personal link."""
    invitation = links.set_fingerprint(InvitationFactory(event=event))
    invitation.save()
    return {
        "public_file": {"pk": file_of(event, "public").pk},
        "delegates_file": {"pk": file_of(event, "delegates").pk},
        "secretariat_file": {"pk": file_of(event, "secretariat").pk},
        "token": {"token": links.token(invitation.pk, invitation.token_version)},
    }


def word(response: Any) -> str:
    """Return the answer as a word of the matrix, or the status code if there is no word for it."""
    if response.status_code in {301, 302, 303}:
        return "sign-in" if "/login/?next=" in response["Location"] else "moved"
    words = {200: "page", 404: "missing", 405: "refused"}
    return words.get(response.status_code, str(response.status_code))


def ask(world: SimpleNamespace, role: str, address: str, method: str = "get") -> str:
    client = Client()
    client.cookies.load(world.cookies[role])
    response = getattr(client, method)(address)
    if response.streaming:
        list(response)  # reading to the end closes the file
    return word(response)


def patterns(resolver: Any = None, namespace: str = "") -> Iterator[str]:
    """Yield the full names of all routes, including those of Django's admin and allauth."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            below = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from patterns(pattern, below)


def test_every_route_is_declared():
    declared = {route.name for route in ROUTES} | OPEN_ACCOUNT_PAGES | PERSONAL_ACCOUNT_PAGES
    found = {name for name in patterns() if not name.startswith("admin:")}

    assert found == declared


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_route_gives_each_role_what_is_declared(world, route):
    arguments = {key: value for need in route.needs for key, value in world.values[need].items()}
    address = reverse(route.name, kwargs=arguments)

    answers = tuple(ask(world, role, address, route.method) for role in ROLES)

    assert answers == route.answers


@pytest.mark.parametrize("route", [route for route in ROUTES if route.method == "post"], ids=str)
def test_route_that_changes_something_takes_no_get(world, route):
    arguments = {key: value for need in route.needs for key, value in world.values[need].items()}

    assert ask(world, "officer", reverse(route.name, kwargs=arguments)) == "refused"


@pytest.mark.parametrize("name", sorted(PERSONAL_ACCOUNT_PAGES))
def test_personal_account_page_asks_a_visitor_to_sign_in(world, name):
    assert ask(world, "visitor", reverse(name)) == "sign-in"


def admin_addresses() -> list[str]:
    """Return all URLs of the administration, with the number 1 for each parameter."""
    made = []
    for name, entries in get_resolver().namespace_dict["admin"][1].reverse_dict.lists():
        if isinstance(name, str):
            for possibilities, *_rest in entries:
                pattern, parameters = possibilities[0]
                made.append("/admin/" + pattern % dict.fromkeys(parameters, 1))
    return sorted(set(made) - {"/admin/login/", "/admin/logout/"})


def test_administration_is_there_for_officers_alone(world):
    lists = [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin.site._registry
    ]

    answers = {address: tuple(ask(world, role, address) for role in ROLES) for address in lists}

    assert answers == dict.fromkeys(lists, ("sign-in", "missing", "missing", "missing", "page"))


@pytest.mark.parametrize("role", ["stranger", "coordinator", "organiser"])
def test_administration_is_missing_for_everybody_else(world, role):
    addresses = admin_addresses()

    answers = {address: ask(world, role, address) for address in addresses}

    assert answers == dict.fromkeys(addresses, "missing")


def test_administration_asks_visitors_who_they_are(world):
    addresses = [address for address in admin_addresses() if "jsi18n" not in address]

    answers = {address: ask(world, "visitor", address) for address in addresses}

    assert answers == dict.fromkeys(addresses, "sign-in")


def test_address_of_nothing_asks_a_visitor_the_same_as_one_that_exists(world):
    there = Client().get(f"/en/desk/events/{world.event.slug}/documents/")
    nowhere = Client().get("/en/desk/events/nothing/documents/")

    assert (word(there), word(nowhere)) == ("sign-in", "sign-in")
