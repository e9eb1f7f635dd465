"""Personal data in events: speakers and contacts, which are published on purpose, and the teams."""

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from accounts.privacy import Finding, Privacy, Store, Subject, findings, impersonal, privacy_levels, stores
from events.models import Event, EventMember, Panellist


def register() -> None:
    """Add the programme and the teams to the registry of personal data."""
    stores["programme"] = PROGRAMME
    impersonal.update(
        {
            "events.event": "slug reference kind status title name_in_sentence theme summary description after_text "
            "first_day last_day zone deadline_zone mode venue city country working_languages contact_unit "
            "list_publication search_text calendar_sequence calendar_stamp",
            "events.session": "order kind title description day starts ends room",
            "events.panellist": "order role",
        }
        | dict.fromkeys(("events.organisation", "events.eventorganiser"), "*")
        | dict.fromkeys(("events.agendaitem", "events.eventsection", "events.window"), "*")
    )


def _find(subject: Subject) -> list[Finding]:
    """Return the rows with the same name or address. A reader must decide whether it is the same person."""
    rows: list[Model] = list(Panellist.objects.filter(name__in=subject.names))
    known = Q(contact_name__in=subject.names)
    if subject.email:
        known |= Q(contact_email__iexact=subject.email)
        rows += EventMember.objects.filter(user__email__iexact=subject.email)
    rows += Event.objects.filter(known)
    return findings(rows, PROGRAMME.fields)


# No erase function: a name in a programme may belong to another person, and it was published on purpose.
PROGRAMME = Store(
    name=_("Programme and team"),
    purpose=_("to publish who speaks and whom to ask, and to let a team work on its event"),
    kept=_("as long as the page of the event; the secretariat changes it there"),
    fields=privacy_levels(
        Privacy.PUBLIC, "events.event", "contact_name contact_gender contact_email contact_phone"
    )
    | privacy_levels(Privacy.PUBLIC, "events.panellist", "name function body")
    | privacy_levels(Privacy.INTERNAL, "events.eventmember", "user"),
    find=_find,
)
