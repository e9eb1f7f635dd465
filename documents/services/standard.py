"""Create a template with standard texts for a document about people."""

from django.db import transaction

from accounts import audit
from accounts.language import LANGUAGE_CODES
from accounts.models import User
from documents.composing.event_papers import lead_organiser
from documents.models import Kind, Signatory, Template
from documents.services.templates import keep_version
from documents.standard_texts import STANDARD
from events.models import Event

_LIKE = (Kind.INVITATION, Kind.COLLECTIVE, *STANDARD)
"""Kinds to copy letterhead, place and signatories from. The first kind for which the event has a template is used."""


@transaction.atomic
def standard_template(*, event: Event, kind: Kind, actor: User) -> Template:
    """Return the event's template of this kind; if there is none, create one with standard texts in both languages.

    Letterhead, place and signatories are copied from the event's other letters. Without any, the letterhead is
    that of the event's first organiser.
    """
    event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    if existing := event.templates.filter(kind=kind).first():
        return existing
    known = {template.kind: template for template in event.templates.all()}
    like = next((known[one] for one in _LIKE if one in known), None)
    template = Template(event=event, kind=kind, **STANDARD[kind])
    template.letterhead = like.letterhead if like else lead_organiser(event)
    if like:
        for name in (f"place_{code}" for code in LANGUAGE_CODES):
            setattr(template, name, getattr(like, name))
    template.save()
    for signatory in like.signatories.all() if like else ():
        _copy(signatory, template)
    keep_version(template, actor)
    audit.record(actor, "template.begun", template, changes={"kind": kind})
    return template


def _copy(signatory: Signatory, template: Template) -> None:
    signatory.pk, signatory.template = None, template
    signatory.save(force_insert=True)
