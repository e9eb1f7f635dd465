"""Load the sample events. Existing data is not changed, so the demo can be started again."""

import logging
from collections.abc import Sequence
from datetime import date, timedelta
from types import ModuleType
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.language import LANGUAGE_CODES
from accounts.models import User
from attachments import services as attachment_services
from attachments.models import Attachment
from config.sample import (
    assembly,
    e_parliament_2021,
    montevideo_2013,
    open_workshop,
    organisations,
    past_workshop,
    specimen_assembly,
)
from config.sample.specimen_file import specimen_pdf
from documents import services as document_services
from documents.models import Kind, Signatory, Template
from documents.services.templates import keep_version
from events import services as event_services
from events.models import (
    AgendaItem,
    Event,
    EventMember,
    EventOrganiser,
    EventSection,
    Organisation,
    Panellist,
    Session,
    Window,
)
from registration.imports import DIRECTORY, import_parliaments
from registration.models import Contact, Parliament

logger = logging.getLogger(__name__)


def load_directory(*, actor: User) -> None:
    """Import the project's directory of parliaments if there are no parliaments yet."""
    if not Parliament.objects.exists():
        report = import_parliaments(DIRECTORY.read_text(encoding="utf-8"), actor=actor, apply=True)
        if report.errors:
            raise ValueError(report.errors)


@transaction.atomic
def load_organisations() -> None:
    """Create the organisations that are not parliaments, and correct some names of the directory."""
    for fields in organisations.ORGANISATIONS:
        Organisation.objects.get_or_create(code=fields["code"], defaults=fields)
    for code, names in organisations.CORRECTIONS.items():
        Organisation.objects.filter(code=code).update(**names)


@transaction.atomic
def load_contacts() -> None:
    """Create a role address under .example for each parliament that has no contact."""
    for parliament in Parliament.objects.filter(contacts=None).select_related("organisation"):
        domain = parliament.organisation.code.lower().removeprefix("x-")
        Contact.objects.create(
            parliament=parliament,
            email=f"international-relations@{domain}.example",
            office="International Relations",
        )


def load_montevideo(*, actor: User, organiser: User) -> None:
    """Create the workshop of 2013 with its presentations, unless it exists."""
    if event := _event(montevideo_2013, actor=actor, organiser=organiser):
        for order, fields in enumerate(montevideo_2013.SESSIONS):
            titles = {name: fields[name] for name in ("title_en", "title_es")}
            session = Session.objects.create(event=event, order=order, **titles)
            for presenter in fields["presentations"]:
                _presentation(session, presenter, actor, **titles)
        for kind, title_en, title_es in montevideo_2013.FILES:
            _attach(event, actor, kind=kind, title_en=title_en, title_es=title_es, languages="en,es")
        event_services.publish(event=event, actor=actor)


def load_e_parliament(*, actor: User, organiser: User) -> None:
    """Create the conference of 2021 with its letters, unless it exists."""
    sample = e_parliament_2021
    if event := _event(sample, actor=actor, organiser=organiser):
        for order, fields in enumerate(sample.SESSIONS):
            Session.objects.create(event=event, order=order, **fields)
        _practical_note(event, sample.PRACTICAL_NOTE)
        _window(event, *sample.WINDOW)
        _template(event, Template.Kind.INVITATION, sample.LETTER, sample.SIGNATORIES)
        bodies = {
            "body_en": sample.LETTER["body_en"].replace("{parliament_in_sentence}", "your parliament"),
            "body_es": sample.LETTER["body_es"].replace("{parliament_in_sentence}", "su parlamento"),
        }
        _template(
            event,
            Template.Kind.COLLECTIVE,
            sample.LETTER | sample.COLLECTIVE | bodies,
            sample.SIGNATORIES,
        )
        event_services.publish(event=event, actor=actor)


def load_open_workshop(*, actor: User, organiser: User, today: date) -> Event | None:
    """Create the workshop with open registration, its dates relative to today. Return None if it exists."""
    sample = open_workshop
    first = today + timedelta(days=sample.BEGINS_IN_DAYS)
    days = {"first_day": first, "last_day": first + timedelta(days=sample.LASTS_DAYS - 1)}
    event = _event(sample, actor=actor, organiser=organiser, **days)
    if event is None:
        return None
    opens = today - timedelta(days=sample.OPENED_DAYS_AGO)
    closes = today + timedelta(days=sample.CLOSES_IN_DAYS)
    _window(event, opens, closes)
    _window(event, closes + timedelta(days=1), first - timedelta(days=6), stage=Window.Stage.CHANGE)
    for order, fields in enumerate(sample.SESSIONS):
        _timed_session(event, order, *fields)
    _practical_note(event, sample.PRACTICAL_NOTE)
    _template(event, Template.Kind.INVITATION, sample.LETTER, sample.SIGNATORIES)
    _attach(
        event,
        actor,
        kind="aide_memoire",
        title_en="Aide-memoire",
        title_es="Nota recordatoria",
        languages="es",
    )
    _attach(
        event,
        actor,
        kind="practical",
        title_en="Information for delegations",
        title_es="Información para las delegaciones",
        languages="en,es",
        audience="delegates",
    )
    event_services.publish(event=event, actor=actor)
    return event


def load_past_workshop(*, actor: User, organiser: User, today: date) -> Event | None:
    """Create the past workshop as if it began today; `end` moves it into the past. Return None if it exists."""
    sample = past_workshop
    event = _event(
        sample, actor=actor, organiser=organiser, first_day=today, last_day=today + timedelta(days=1)
    )
    if event is None:
        return None
    opened, closed = (today - timedelta(days=ago) for ago in (sample.OPENED_DAYS_AGO, sample.CLOSED_DAYS_AGO))
    _window(event, opened, closed)
    for order, fields in enumerate(sample.SESSIONS):
        _timed_session(event, order, *fields)
    event_services.publish(event=event, actor=actor)
    load_standard_templates(event, [Kind.CERTIFICATE], ("Montevideo", "Montevideo"), actor=actor)
    return event


def move_to_past(event: Event, *, today: date) -> None:
    """Move the past workshop and its sessions into the past."""
    last = today - timedelta(days=past_workshop.ENDED_DAYS_AGO)
    first = last - timedelta(days=past_workshop.LASTS_DAYS - 1)
    event.sessions.update(day=F("day") - (event.first_day - first))
    Event.objects.filter(pk=event.pk).update(first_day=first, last_day=last)


def load_assembly(*, actor: User, organiser: User, today: date) -> Event | None:
    """Create the assembly, whose registration has just closed. Return None if it exists."""
    sample = specimen_assembly
    first = today + timedelta(days=sample.BEGINS_IN_DAYS)
    days = {"first_day": first, "last_day": first + timedelta(days=sample.LASTS_DAYS - 1)}
    event = _event(sample, actor=actor, organiser=organiser, **days)
    if event is None:
        return None
    opened, closed = (today - timedelta(days=ago) for ago in (sample.OPENED_DAYS_AGO, sample.CLOSED_DAYS_AGO))
    _window(event, opened, closed)
    _window(event, opened, today + timedelta(days=sample.TRAVEL_CLOSES_IN_DAYS), stage=Window.Stage.TRAVEL)
    for order, fields in enumerate(sample.SESSIONS):
        _timed_session(event, order, *fields)
    _agenda(event, sample.AGENDA)
    event_services.publish(event=event, actor=actor)
    of_people = [Kind.VISA_LETTER, Kind.CONFIRMATION, Kind.PERSON_CONFIRMATION]
    load_standard_templates(event, of_people, ("Geneva", "Ginebra"), actor=actor)
    assembly.load_terms(event=event, actor=actor)
    return event


def _event(sample: ModuleType, *, actor: User, organiser: User, **days: date) -> Event | None:
    if Event.objects.filter(slug=sample.EVENT["slug"]).exists():
        return None
    event = Event.objects.create(**sample.EVENT, **days)
    EventMember.objects.create(event=event, user=organiser)
    for order, (code, role) in enumerate(sample.ORGANISERS):
        EventOrganiser.objects.create(
            event=event, organisation=Organisation.objects.get(code=code), role=role, order=order
        )
    for order, (kind, text_en, text_es) in enumerate(sample.SECTIONS):
        EventSection.objects.create(event=event, kind=kind, text_en=text_en, text_es=text_es, order=order)
    return event


def _practical_note(event: Event, sections: Sequence[tuple[str, str, str]]) -> None:
    """Add sections that appear only in the practical information note, after the other sections."""
    for order, (kind, text_en, text_es) in enumerate(sections, start=event.sections.count()):
        EventSection.objects.create(
            event=event,
            kind=kind,
            text_en=text_en,
            text_es=text_es,
            order=order,
            in_aide_memoire=False,
            in_practical_note=True,
        )


def _agenda(event: Event, items: Sequence[tuple[str, ...]]) -> None:
    for order, (title_en, title_es, body_en, body_es, annotation_en, annotation_es) in enumerate(items):
        AgendaItem.objects.create(
            event=event,
            order=order,
            title_en=title_en,
            title_es=title_es,
            body_en=body_en,
            body_es=body_es,
            annotation_en=annotation_en,
            annotation_es=annotation_es,
        )


def _window(event: Event, first: date, last: date, stage: str = Window.Stage.REGISTER) -> None:
    window = Window(event=event, stage=stage)
    window.set_days(first, last)
    window.save()


def _timed_session(
    event: Event, order: int, day: int, starts: Any, ends: Any, kind: str, *texts: Any
) -> None:
    title_en, title_es, room_en, room_es, people = texts
    session = Session.objects.create(
        event=event,
        order=order,
        kind=kind,
        day=event.first_day + timedelta(days=day),
        starts=starts,
        ends=ends,
        title_en=title_en,
        title_es=title_es,
        room_en=room_en,
        room_es=room_es,
    )
    for place, (role, name, function_en, function_es) in enumerate(people):
        Panellist.objects.create(
            session=session,
            role=role,
            name=name,
            function_en=function_en,
            function_es=function_es,
            order=place,
        )


def _template(event: Event, kind: str, fields: dict[str, str], signatories: list[dict[str, str]]) -> Template:
    texts = fields | {"letterhead": Organisation.objects.get(code=fields["letterhead"])}
    template = Template.objects.create(event=event, kind=kind, **texts)
    _sign(template, signatories)
    return template


def load_standard_templates(
    event: Event, kinds: Sequence[Kind], place: tuple[str, str], *, actor: User
) -> None:
    """Create the standard templates for papers about people, with the specimen signatories."""
    for kind in kinds:
        template = document_services.standard_template(event=event, kind=kind, actor=actor)
        if not template.signatories.exists():
            for code, name in zip(LANGUAGE_CODES, place, strict=True):
                setattr(template, f"place_{code}", name)
            template.save()
            _sign(template, open_workshop.SIGNATORIES)
            keep_version(template, actor)


def _sign(template: Template, signatories: list[dict[str, str]]) -> None:
    for order, signatory in enumerate(signatories):
        by = Organisation.objects.get(code=signatory["organisation"])
        Signatory.objects.create(template=template, order=order, **signatory | {"organisation": by})


def _presentation(session: Session, presenter: str | tuple[str, str], actor: User, **titles: str) -> None:
    by: dict[str, Any] = (
        {"presented_by": Organisation.objects.get(code=presenter)}
        if isinstance(presenter, str)
        else {"presented_by_text_en": presenter[0], "presented_by_text_es": presenter[1]}
    )
    _attach(
        session.event,
        actor,
        session=session,
        kind="presentation",
        languages="en" if presenter in {"x-undesa", "x-ifla", "SR"} else "es",
        **titles,
        **by,
    )


def _attach(event: Event, actor: User, **fields: Any) -> None:
    """Attach a small placeholder PDF to the event, with the service that an officer would use."""
    session = fields.pop("session", None)
    language = fields["languages"][:2]
    title = fields[f"title_{language}"]
    name = f"{fields['kind'].replace('_', '-')}-{event.attachments.count() + 1}.pdf"
    file = ContentFile(specimen_pdf(title, str(event), language), name=name)
    added = attachment_services.add_attachments(
        event=event,
        files=[file],
        actor=actor,
        session=session,
        kind=fields["kind"],
        languages=fields["languages"],
    )
    Attachment.objects.filter(pk__in=[attachment.pk for attachment in added.kept]).update(**fields)


def today() -> date:
    """Return today's date in UTC, from which the dates of the specimens are counted."""
    return timezone.now().date()
