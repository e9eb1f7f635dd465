"""Every address × every role. A route that is not declared here fails the build.

What each person gets is one word: `page` (200), `moved` (a redirect), `sign-in` (the page that asks who you are),
`missing` (404: not for you, or not there), `refused` (405: this address takes no such request).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib import admin
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from accounts.models import User
from attachments.models import Attachment
from documents import store
from documents.models import Document, MergedFile
from events.models import Event, Organisation
from jobs.models import State
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
    LetterTemplateFactory,
    ParticipantFactory,
    StaffFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

ROLES = ("visitor", "stranger", "coordinator", "organiser", "officer")
EVERYBODY = ("page",) * 5
NOBODY = ("missing",) * 5
ONLY_POST = ("refused",) * 5


@dataclass(frozen=True)
class Route:
    """One address: what it needs of the world, and what each of ROLES gets."""

    name: str
    answers: tuple[str, ...]
    needs: tuple[str, ...] = ()
    method: str = "get"
    note: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.method, self.name, self.note)))


def signed_in(stranger: str, coordinator: str, organiser: str, officer: str) -> tuple[str, ...]:
    return ("sign-in", stranger, coordinator, organiser, officer)


TEAM = signed_in("missing", "missing", "page", "page")
TEAM_MOVES = signed_in("missing", "missing", "moved", "moved")
OF_DELEGATION = signed_in("missing", "page", "missing", "page")
NOT_OF_DELEGATION = signed_in(*("missing",) * 4)
PERSONAL = signed_in("page", "page", "page", "page")
EVENT = ("event",)
BATCH = ("event", "batch")
DRAFT = ("draft",)

ROUTES = [
    Route("front-door", ("moved",) * 5),
    Route("health", EVERYBODY),
    Route("sitemap", EVERYBODY),
    Route("robots", EVERYBODY),
    Route("demo-mail", NOBODY),
    Route("demo-mail-message", NOBODY, ("mail",)),
    Route("verify", EVERYBODY),
    Route("verify-code", EVERYBODY, ("code",)),
    Route("verify-code", NOBODY, ("wrong_code",), note="of nothing"),
    Route("pages:privacy", EVERYBODY),
    Route("pages:accessibility", EVERYBODY),
    Route("pages:contact", EVERYBODY),
    Route("after-sign-in", signed_in(*("moved",) * 4)),
    Route("events:home", EVERYBODY),
    Route("events:list", EVERYBODY),
    Route("events:detail", EVERYBODY, EVENT),
    Route("events:detail", ("missing", "missing", "missing", "page", "page"), DRAFT, note="of a draft"),
    Route("events:calendar", EVERYBODY, EVENT),
    Route("events:calendar", ("missing", "missing", "missing", "page", "page"), DRAFT, note="of a draft"),
    Route("attachments:download", EVERYBODY, ("event", "public_file"), note="public"),
    Route(
        "attachments:download",
        signed_in("missing", "page", "page", "page"),
        ("event", "delegates_file"),
        note="for delegations",
    ),
    Route(
        "attachments:download",
        signed_in("missing", "missing", "missing", "page"),
        ("event", "secretariat_file"),
        note="of the secretariat",
    ),
    Route("attachments:download", signed_in(*("missing",) * 4), ("event", "no_file"), note="of nothing"),
    Route("registration:link", ("moved",) * 5, ("token",)),
    Route("registration:link", NOBODY, ("wrong_token",), note="forged"),
    Route("registration:invitation", NOBODY, note="without a link"),
    Route("registration:claim", signed_in(*("moved",) * 4), note="without a link"),
    Route("registration:answer", NOBODY, method="post", note="without a link"),
    Route("registration:ask", signed_in(*("moved",) * 4), method="post", note="without a link"),
    Route("registration:lost-link", EVERYBODY, EVENT),
    Route("registration:lost-link", NOBODY, DRAFT, note="of a draft"),
    Route("registration:own-invitation", signed_in("missing", "page", "missing", "page"), ("invitation",)),
    Route("registration:begin", signed_in(*("missing",) * 4), ("invitation",), "post", note="not offered"),
    Route("registration:join", signed_in(*("moved",) * 4), ("candidate",), "post"),
    Route("registration:refuse", signed_in(*("moved",) * 4), ("candidate",), "post"),
    Route("registration:coordinators", signed_in("missing", "page", "missing", "page"), ("delegation",)),
    *(
        Route(f"registration:{verb}", signed_in("missing", "moved", "missing", "moved"), needs, "post")
        for verb, needs in {
            "coordinator_hand_over": ("delegation", "person_of_it"),
            "coordinator_remove": ("delegation", "person_of_it"),
            "candidate_admit": ("delegation", "candidate"),
            "candidate_dismiss": ("delegation", "candidate"),
        }.items()
    ),
    Route("registration:desk", PERSONAL),
    Route("registration:delegation", signed_in("missing", "page", "missing", "page"), ("delegation",)),
    Route("registration:details", OF_DELEGATION, ("delegation",)),
    Route("registration:documents", OF_DELEGATION, ("delegation",)),
    Route("registration:upload_delegation", OF_DELEGATION, ("delegation", "nomination")),
    Route("registration:upload_person", OF_DELEGATION, ("delegation", "portrait")),
    Route("registration:upload", OF_DELEGATION, ("delegation", "kept_portrait")),
    Route("registration:upload", NOT_OF_DELEGATION, ("delegation", "other_portrait"), note="of another"),
    Route("registration:upload_remove", OF_DELEGATION, ("delegation", "kept_portrait")),
    Route("registration:check", OF_DELEGATION, ("delegation",)),
    Route("registration:privacy", OF_DELEGATION, ("delegation",)),
    Route("registration:withdraw", OF_DELEGATION, ("delegation",)),
    Route("registration:people", OF_DELEGATION, ("delegation",)),
    Route("registration:person_add", OF_DELEGATION, ("delegation",)),
    Route("registration:person", OF_DELEGATION, ("delegation", "participant")),
    Route(
        "registration:person",
        signed_in(*("missing",) * 4),
        ("delegation", "other_participant"),
        note="of others",
    ),
    Route("registration:substitute", OF_DELEGATION, ("delegation", "registered")),
    Route("registration:late", OF_DELEGATION, ("delegation",)),
    Route("registration:requests", OF_DELEGATION, ("delegation",)),
    Route("registration:request_add", OF_DELEGATION, ("delegation",)),
    Route(
        "registration:request_take_back",
        signed_in("missing", "moved", "missing", "moved"),
        ("delegation", "change_request"),
        "post",
    ),
    Route("registration:sheet", OF_DELEGATION, ("delegation",)),
    Route("registration:sheet_upload", OF_DELEGATION, ("delegation",)),
    Route("registration:own_sheet", OF_DELEGATION, ("delegation",)),
    Route("registration:travel", OF_DELEGATION, ("delegation",)),
    Route("registration:person_travel", OF_DELEGATION, ("delegation", "participant")),
    Route("documents:delegation", OF_DELEGATION, ("delegation",)),
    Route("registration:figures", TEAM, EVENT),
    Route("registration:figures_download", TEAM, ("event", "csv")),
    Route("documents:desk", TEAM, EVENT),
    Route("documents:order", TEAM, EVENT),
    Route("documents:order-collective", TEAM, EVENT),
    Route("documents:order-aide-memoire", TEAM, EVENT),
    Route("documents:batch", TEAM, BATCH),
    Route("documents:progress", TEAM, BATCH),
    Route("documents:zip", TEAM, BATCH),
    Route("documents:merged", TEAM, BATCH),
    Route("documents:retry-failed", TEAM_MOVES, BATCH, "post"),
    Route("documents:retry", TEAM_MOVES, (*BATCH, "failed_document"), "post"),
    Route("documents:cancel", TEAM_MOVES, BATCH, "post"),
    Route(
        "documents:download", signed_in("missing", "page", "page", "page"), ("document",), note="own letter"
    ),
    Route(
        "documents:download",
        signed_in("missing", "missing", "page", "page"),
        ("other_document",),
        note="another's letter",
    ),
]

# allauth's pages: who is let in. Visitors are sent to sign in from the others.
OPEN_ACCOUNT_PAGES = {
    "account_login",
    "account_inactive",
    "account_signup",
    "account_email_verification_sent",
    "account_reset_password",
    "account_confirm_login_code",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_reset_password_done",
    "account_request_login_code",
    "account_logout",
    "mfa_authenticate",
}
PERSONAL_ACCOUNT_PAGES = {
    "account_reauthenticate",
    "account_email",
    "account_change_password",
    "account_set_password",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
}


def file_of(event: Event, audience: str) -> Attachment:
    return AttachmentFactory(event=event, audience=audience)


def document_of(event: Event, organisation: Organisation, number: int, **fields: Any) -> Document:
    sha256 = store.save(lambda file: file.write(b"%PDF-1.7 specimen"))
    made = {"state": State.DONE, "file_sha256": sha256, "size": 17, "pages": 1} | fields
    return Document.objects.create(
        kind=Document.Kind.INVITATION,
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


def documents_of(event: Event, organisation: Organisation, other: Organisation) -> dict[str, dict[str, Any]]:
    """A batch with a letter to each organisation and one that failed; the values that their addresses need."""
    for kind in ("invitation", "collective"):
        LetterTemplateFactory(event=event, kind=kind)
    document, other_document = document_of(event, organisation, 1), document_of(event, other, 2)
    failed = document_of(event, other, 3, state=State.FAILED, error_code="engine", file_sha256="")
    batch = BatchFactory(event=event, state=State.DONE)
    batch.documents.set([document, other_document, failed])
    merged = {"file_sha256": document.file_sha256, "size": 17, "pages": 2}
    MergedFile.objects.create(batch=batch, state=State.DONE, **merged)
    return {
        "batch": {"pk": batch.pk},
        "failed_document": {"document": failed.pk},
        "document": {"pk": document.pk},
        "other_document": {"pk": other_document.pk},
        "code": {"code": document.code},
    }


@pytest.fixture
def world() -> SimpleNamespace:
    """An event with everything on it, one person of each role, and the values that addresses need."""
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
        LetterTemplateFactory(event=event, kind=kind)
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
        "wrong_token": {"token": "a" * 26},
        "wrong_code": {"code": "ZZZZ-ZZZZ-ZZZZ-ZZZZ"},
        "mail": {"number": 1},
    }
    values |= values_of_coordination(delegation, people["stranger"])
    values |= values_of_uploads(delegation, head)
    values |= values_of_documents(event, delegation) | values_of_files_and_links(event)
    return SimpleNamespace(people=people, values=values, event=event)


def values_of_coordination(delegation: Delegation, invited: User) -> dict[str, dict[str, Any]]:
    """A second coordinator, and somebody who is invited to be the third."""
    second = UserFactory()
    delegation.coordinators.add(second)
    candidate = delegation.candidates.create(user=invited)
    return {"person_of_it": {"person": second.pk}, "candidate": {"candidate": candidate.pk}}


def values_of_uploads(delegation: Delegation, head: Participant) -> dict[str, dict[str, Any]]:
    """A portrait of the delegation's head, and one of somebody else's."""
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
    """A batch with the delegation's letter, another's, and one that failed, merged for the printer."""
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
    return {
        "batch": {"pk": batch.pk},
        "document": {"pk": document.pk},
        "other_document": {"pk": other_document.pk},
        "failed_document": {"document": failed.pk},
        "code": {"code": document.code},
    }


def values_of_files_and_links(event: Event) -> dict[str, dict[str, Any]]:
    """A file for each audience and a personal link that works."""
    invitation = links.set_fingerprint(InvitationFactory(event=event))
    invitation.save()
    return {
        "public_file": {"pk": file_of(event, "public").pk},
        "delegates_file": {"pk": file_of(event, "delegates").pk},
        "secretariat_file": {"pk": file_of(event, "secretariat").pk},
        "token": {"token": links.token(invitation.pk, invitation.token_version)},
    }


def word(response: Any) -> str:
    """The answer in one word of the matrix; any other status stands for itself."""
    if response.status_code in {301, 302, 303}:
        return "sign-in" if "/login/?next=" in response["Location"] else "moved"
    words = {200: "page", 404: "missing", 405: "refused"}
    return words.get(response.status_code, str(response.status_code))


def ask(world: SimpleNamespace, role: str, address: str, method: str = "get") -> str:
    client = Client()
    if person := world.people[role]:
        client.force_login(person)
    response = getattr(client, method)(address)
    if response.streaming:
        list(response)  # to the end, which closes the file
    return word(response)


def patterns(resolver: Any = None, namespace: str = "") -> Iterator[str]:
    """Full names of all routes, Django's admin and allauth included."""
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
    """Every address of the administration that can be made, with numbers where it wants some."""
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
