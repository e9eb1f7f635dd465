"""Plant one recognisable value in every store, and search for it in all of them."""

import io
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import models

from accounts.models import User
from documents import store
from documents.models import Kind
from events.models import Event
from jobs.models import OutgoingMail, State
from registration.models import Delegation, Participant
from registration.stores import delegations, people
from tests.documents.people_samples import document_about
from tests.factories import (
    ChangeRequestFactory,
    DelegationFactory,
    EventFactory,
    ExtensionFactory,
    InvitationFactory,
    ParticipantFactory,
    UserFactory,
)

CANARY = "kanari"  # short enough for the shortest text field
ADDRESS = f"{CANARY}@parliament.example"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def planted(model: type[models.Model], names: Collection[str]) -> dict[str, Any]:
    """A value for each field: the canary if it fits, otherwise a value of the right type."""
    kinds: list[tuple[type[models.Field[Any, Any]], Any]] = [
        (models.EmailField, ADDRESS),
        (models.DateField, date(1971, 2, 3)),
        (models.TimeField, time(7, 31)),
        (models.BooleanField, True),
        (models.JSONField, {"given_names": CANARY}),
        (models.PositiveSmallIntegerField, 7),
    ]
    fields = [model._meta.get_field(name) for name in names]
    made = {}
    for field in fields:
        value = next((value for kind, value in kinds if isinstance(field, kind)), None)
        short = getattr(field, "max_length", None)
        made[field.name] = CANARY[: short or 99] if value is None else value
    return made


def old_event() -> Event:
    """An event that ended long ago; its own fields do not contain the canary."""
    return EventFactory(first_day=LONG_AGO.date(), last_day=LONG_AGO.date() + timedelta(days=2))


def falls_due(keep: dict[str, int | None]) -> list[str]:
    return [name for name, days in keep.items() if days is not None]


def confirmed_person(delegation: Delegation) -> Participant:
    """A person who took part, with the canary in every field that is not kept with the record."""
    fields = planted(Participant, falls_due(people.KEEP))
    person = ParticipantFactory(
        delegation=delegation, status="confirmed", submitted_at=LONG_AGO, confirmed_at=LONG_AGO, **fields
    )
    for kind in ("photo", "passport"):
        uploaded(delegation, kind, participant=person)
    documented(person)
    return person


def absent_person(delegation: Delegation, status: str) -> Participant:
    """A person who did not take part, with the canary in every field."""
    names = [name for name in people.ERASED if name != "honorific"]
    sent = None if status == "draft" else LONG_AGO
    fields = planted(Participant, names)
    return ParticipantFactory(delegation=delegation, status=status, submitted_at=sent, **fields)


def uploaded(delegation: Delegation, kind: str, **of: Any) -> None:
    file = ContentFile(CANARY.encode(), name="portrait.jpg")
    facts = {"name": f"{CANARY}.jpg", "content_type": "image/jpeg", "size": 6, "checksum": "0" * 64}
    delegation.uploads.create(kind=kind, file=file, **facts | of)


def mailed(event: Event, to: str = ADDRESS, text: str = CANARY) -> OutgoingMail:
    """A mail that was sent long ago."""
    mail = OutgoingMail.objects.create(
        kind="receipt",
        to=to,
        language="en",
        subject=text,
        text=text,
        html=text,
        error_text=text,
        message_id=f"<{OutgoingMail.objects.count()}@convoca.example>",
        event_id=event.pk,
        state=State.DONE,
    )
    OutgoingMail.objects.filter(pk=mail.pk).update(created_at=LONG_AGO)
    return mail


def documented(person: Participant) -> None:
    """A letter for the person, and a list that contains the name."""
    sha256 = store.save(lambda file: file.write(CANARY.encode()))
    fields = {"snapshot": {"name": person.full_name}, "file_sha256": sha256, "error_text": CANARY}
    document_about(person.delegation, Kind.VISA_LETTER, person, **fields)
    document_about(person.delegation, Kind.CONFIRMATION, **fields)


def old_session(user: User) -> None:
    session = SessionStore()
    session.update({"_auth_user_id": str(user.pk)})
    session.save()
    Session.objects.filter(pk=session.session_key).update(expire_date=LONG_AGO)


def old_account() -> User:
    """A coordinator who has not signed in again."""
    user = UserFactory(email=ADDRESS, name=CANARY, last_login=LONG_AGO, date_joined=LONG_AGO)
    old_session(user)
    return user


def plant() -> Delegation:
    """Plant the canary in every store, with all of the data due for deletion."""
    event = old_event()
    user = old_account()
    held = planted(Delegation, falls_due(delegations.KEEP))
    delegation = DelegationFactory(event=event, coordinators=[user], **held)
    person = confirmed_person(delegation)
    for status in ("draft", "rejected", "waitlisted", "submitted"):
        absent_person(delegation, status)
    uploaded(delegation, "nomination")
    uploaded(delegation, "nomination", removed_at=LONG_AGO)
    InvitationFactory(event=event, answer=CANARY)
    ExtensionFactory(event=event, reason=CANARY)
    proposal = {"fields": {"passport_number": CANARY, "email": ADDRESS}}
    texts = {"why": CANARY, "answer": CANARY, "proposal": proposal}
    ChangeRequestFactory(delegation=delegation, participant=person, kind="edit", **texts)
    candidate = UserFactory(email=f"second-{ADDRESS}", verified=False, date_joined=LONG_AGO, password="!")
    delegation.candidates.create(user=candidate, since=LONG_AGO)
    mailed(event)
    return delegation


def traces(text: str = CANARY) -> list[str]:
    """Where the canary is: columns of tables, files, and `dump`.

    It is `dump` if the dump of the database contains the canary anywhere.
    """
    found = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models()
        for row in model._base_manager.all()
        for field in row._meta.concrete_fields
        if text in str(field.value_from_object(row))
    }
    stored = (file for file in Path(settings.FILES_ROOT).rglob("*") if file.is_file())
    found |= {"file" for file in stored if text.encode() in file.read_bytes()}
    out = io.StringIO()
    call_command("dumpdata", use_base_manager=True, stdout=out, verbosity=0)
    return sorted(found | ({"dump"} if text in out.getvalue() else set()))
