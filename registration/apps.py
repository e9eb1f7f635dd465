from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RegistrationConfig(AppConfig):
    name = "registration"
    verbose_name = _("Registration")
    verbs = {
        "terms.changed": pgettext_lazy("history", "Terms of registration changed"),
        "terms.preset_applied": pgettext_lazy("history", "Terms of registration taken from a preset"),
        "parliaments.imported": pgettext_lazy("history", "Parliaments imported from a file"),
        "invitations.issued": pgettext_lazy("history", "Parliaments invited"),
        "invitation.sent": pgettext_lazy("history", "Invitation sent"),
        "invitation.opened": pgettext_lazy("history", "Invitation opened"),
        "invitation.accepted": pgettext_lazy("history", "Invitation accepted"),
        "invitation.declined": pgettext_lazy("history", "Invitation declined"),
        "invitation.link_revoked": pgettext_lazy("history", "Personal link revoked"),
        "invitation.link_resent": pgettext_lazy("history", "Lost link sent again"),
        "invitation.link_shown": pgettext_lazy("history", "Personal link shown"),
        "invitation.link_replaced": pgettext_lazy("history", "Personal link replaced"),
        "delegation.claimed": pgettext_lazy("history", "Registration begun"),
        "delegation.coordinator_invited": pgettext_lazy("history", "Another coordinator invited"),
        "delegation.coordinator_asked": pgettext_lazy("history", "Somebody asked to coordinate too"),
        "delegation.coordinator_joined": pgettext_lazy("history", "Coordinator joined"),
        "delegation.candidate_dismissed": pgettext_lazy(
            "history", "Invitation or request to coordinate ended"
        ),
        "delegation.coordinator_removed": pgettext_lazy("history", "Coordinator removed"),
        "delegation.handed_over": pgettext_lazy("history", "Coordination handed over"),
        "person.added": pgettext_lazy("history", "Person added"),
        "person.saved": pgettext_lazy("history", "Person’s data changed"),
        "person.cancelled": pgettext_lazy("history", "Person removed"),
        "person.restored": pgettext_lazy("history", "Person brought back"),
        "person.moved": pgettext_lazy("history", "Order of precedence changed"),
        "person.taken_over": pgettext_lazy("history", "Person taken over from an earlier event"),
        "delegation.details_saved": pgettext_lazy("history", "Details of the delegation changed"),
        "upload.kept": pgettext_lazy("history", "File added"),
        "upload.replaced": pgettext_lazy("history", "File replaced"),
        "upload.removed": pgettext_lazy("history", "File removed"),
        "upload.restored": pgettext_lazy("history", "File brought back"),
        "upload.opened": pgettext_lazy("history", "Copy of a passport opened"),
        "delegation.submitted": pgettext_lazy("history", "Registration submitted"),
        "delegation.returned": pgettext_lazy("history", "Returned for correction"),
        "delegation.confirmed": pgettext_lazy("history", "Registration confirmed"),
        "delegation.promoted": pgettext_lazy("history", "Moved up from the waiting list"),
        "delegation.added": pgettext_lazy("history", "Delegation added by the secretariat"),
        "delegation.panellists_taken": pgettext_lazy("history", "Panellists of the programme entered"),
        "delegation.translated": pgettext_lazy("history", "Functions translated"),
        "delegation.rejected": pgettext_lazy("history", "Registration not accepted"),
        "delegation.withdrawn": pgettext_lazy("history", "Delegation withdrawn"),
        "delegation.reopened": pgettext_lazy("history", "Registration reopened"),
        "delegation.downloaded": pgettext_lazy("history", "Data of the delegation downloaded"),
        "delegation.deadline_extended": pgettext_lazy("history", "Deadline extended"),
        "invitation.deadline_extended": pgettext_lazy("history", "Deadline extended"),
        "person.revealed": pgettext_lazy("history", "Private data opened"),
        "request.revealed": pgettext_lazy("history", "Private data of a request opened"),
        "person.rejected": pgettext_lazy("history", "Person not accepted"),
        "person.substituted": pgettext_lazy("history", "Replaced by another person"),
        "people.attended": pgettext_lazy("history", "Attendance noted"),
        "people.attendance_withdrawn": pgettext_lazy("history", "Attendance withdrawn"),
        "invitation.reminded": pgettext_lazy("history", "Reminder sent"),
        "reminders.added": pgettext_lazy("history", "Usual reminders switched on"),
        "circular.sent": pgettext_lazy("history", "Circular sent"),
        "figures.downloaded": pgettext_lazy("history", "Figures or lists downloaded"),
        "request.made": pgettext_lazy("history", "Change requested"),
        "request.accepted": pgettext_lazy("history", "Request accepted"),
        "request.refused": pgettext_lazy("history", "Request refused"),
        "request.taken_back": pgettext_lazy("history", "Request taken back"),
    }

    def ready(self) -> None:
        """Register with lower apps: personal links, repairs, checks, labels of codes, stores of data."""
        from accounts import trail  # noqa: PLC0415  needs the models, which are ready only now
        from jobs import outbox  # noqa: PLC0415  likewise
        from jobs.services import checks, repairs  # noqa: PLC0415  likewise
        from registration import codes, links, stores  # noqa: PLC0415  likewise
        from registration.services.capacity import await_due_examinations  # noqa: PLC0415  likewise
        from registration.stores import uploads  # noqa: PLC0415  likewise

        repairs.append(await_due_examinations)
        checks.append(uploads.missing_file_messages)
        outbox.secrets["invitation"] = links.personal_link
        trail.codes |= codes.CODES
        stores.register()
