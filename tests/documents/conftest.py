"""Shared fixtures: an event with a template, invitations, and orders made as workers make them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path

import pytest
from celery import Celery
from django.conf import LazySettings
from django.test import Client

from accounts.models import User
from documents import services
from documents.models import Batch, Document, Template
from documents.services.making import render_and_store
from documents.services.planning import plan
from events.models import Event, Organisation
from jobs.models import State
from tests.factories import (
    EventFactory,
    EventMemberFactory,
    InvitationFactory,
    ParliamentFactory,
    PresidingOfficerFactory,
    SignatoryFactory,
    StaffFactory,
    TemplateFactory,
)

DAY = date(2026, 4, 23)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that uses `make` as slow: it waits for rendering."""
    for item in items:
        if "make" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def files(settings: LazySettings, tmp_path: Path) -> Path:
    """An empty folder for the files of this test."""
    settings.FILES_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def actor(db: None) -> User:
    """An officer of the secretariat."""
    return StaffFactory()


@pytest.fixture
def template(db: None) -> Template:
    template = TemplateFactory(event=EventFactory(reference="WS", slug="workshop"))
    SignatoryFactory(template=template)
    return template


@pytest.fixture
def event(template: Template) -> Event:
    """An event whose references begin with WS."""
    return template.event


@pytest.fixture
def officer(actor: User, client: Client) -> User:
    """An officer who is signed in."""
    client.force_login(actor)
    return actor


@pytest.fixture
def organiser(event: Event, client: Client) -> User:
    """A member of the event's team who is signed in."""
    user: User = EventMemberFactory(event=event).user
    client.force_login(user)
    return user


@pytest.fixture
def invite(event: Event) -> Callable[..., Organisation]:
    """A function that invites one parliament, with the language of its letters."""

    def invite(code: str, language: str = "en", chambers: tuple[str, ...] = ("single",)) -> Organisation:
        parliament = ParliamentFactory(organisation__code=code)
        for chamber in chambers:
            PresidingOfficerFactory(parliament=parliament, chamber=chamber)
        invitation = InvitationFactory(event=event, organisation=parliament.organisation, language=language)
        return invitation.organisation

    return invite


@pytest.fixture
def order(event: Event, actor: User, files: Path) -> Callable[..., Batch]:
    """A function that orders letters to some organisations."""

    def order(*organisations: Organisation, **choice: object) -> Batch:
        asked = {"event": event, "organisations": organisations, "date": DAY, "actor": actor} | choice
        return services.order_batch(**asked)

    return order


@pytest.fixture
def sent_tasks(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager]
) -> Callable[[], AbstractContextManager]:
    """A context manager that yields the tasks that are sent to workers, each with the key of its row."""

    @contextmanager
    def sent_tasks() -> Iterator[list[tuple[str, int]]]:
        tasks: list[tuple[str, int]] = []
        monkeypatch.setattr(Celery, "send_task", lambda _app, name, args, **_: tasks.append((name, *args)))
        with django_capture_on_commit_callbacks(execute=True):
            yield tasks

    return sent_tasks


@pytest.fixture
def planned() -> Callable[[Batch], Batch]:
    """A function that writes the rows of an order, as a worker does, and returns the order."""

    def planned(batch: Batch) -> Batch:
        plan(Batch.objects.claim(batch.pk))
        return Batch.objects.with_progress().get(pk=batch.pk)

    return planned


@pytest.fixture
def make(planned: Callable[[Batch], Batch]) -> Callable[[Batch], Batch]:
    """A function that plans an order and renders its documents, as workers do, and returns the order."""

    def make(batch: Batch) -> Batch:
        batch = planned(batch)
        for pk in batch.documents.filter(state=State.QUEUED).values_list("pk", flat=True):
            render_and_store(Document.objects.claim(pk))
        return Batch.objects.with_progress().get(pk=batch.pk)

    return make
