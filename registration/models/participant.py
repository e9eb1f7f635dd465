"""A person of a delegation: identity, data for the event, and status."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from events.models import Category, Event
from registration.models.delegation import Delegation


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def present(self) -> Self:
        """People who count: not cancelled, not substituted, not rejected."""
        return self.exclude(status__in=Participant.ABSENT)

    def listed(self) -> Self:
        """Confirmed people whom a published list may name: all or those who consent, as the event decides."""
        policy = Event.ListPublication
        record = Q(delegation__event__list_publication=policy.RECORD)
        consent = Q(delegation__event__list_publication=policy.CONSENT, consents_to_list=True)
        return self.with_status(Participant.Status.CONFIRMED).filter(record | consent, erased_at=None)

    def attended(self, event: Event) -> Self:
        """Confirmed people who are recorded as having attended the event."""
        noted = self.with_status(Participant.Status.CONFIRMED).exclude(attended_at=None)
        return noted.filter(delegation__event=event, erased_at=None)

    def with_status(self, *statuses: str) -> Self:
        return self.filter(status__in=statuses)

    def known_before(self, delegation: Delegation) -> Self:
        """People confirmed for the same organisation at earlier events, the latest event first."""
        earlier = self.with_status(Participant.Status.CONFIRMED).filter(
            erased_at=None,
            delegation__organisation=delegation.organisation_id,
            delegation__group=delegation.group,
            delegation__event__first_day__lt=delegation.event.first_day,
        )
        return earlier.select_related("delegation__event").order_by(
            "-delegation__event__first_day", "order", "pk"
        )

    def on_waiting_list(self, event: Event) -> Self:
        """People on the waiting list of the event, first come first served."""
        waiting = self.filter(status=Participant.Status.WAITLISTED, delegation__event=event)
        return waiting.select_related("delegation__event", "delegation__organisation").order_by(
            "waitlisted_at", "delegation", "order", "pk"
        )

    def waiting_by_category(self) -> dict[int, dict[str, int]]:
        """The number of waitlisted people, by event and then by category."""
        found: dict[int, dict[str, int]] = {}
        waiting = self.with_status(Participant.Status.WAITLISTED).order_by()
        rows = waiting.values_list("delegation__event", "role").annotate(models.Count("pk"))
        for event, role, number in rows:
            counts = found.setdefault(event, {})
            category = CATEGORY_OF[Participant.Role(role)]
            counts[category] = counts.get(category, 0) + number
        return found

    def in_order(self) -> Self:
        """By precedence within the delegation."""
        return self.order_by("order", "pk")


class Participant(models.Model):
    """A person of a delegation. `registration/fields.py` gives purpose and privacy level of each field."""

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("person status", "draft")
        SUBMITTED = "submitted", pgettext_lazy("person status", "submitted")
        CONFIRMED = "confirmed", pgettext_lazy("person status", "confirmed")
        WAITLISTED = "waitlisted", pgettext_lazy("person status", "on the waiting list")
        REJECTED = "rejected", pgettext_lazy("person status", "not accepted")
        CANCELLED = "cancelled", pgettext_lazy("person status", "cancelled")
        SUBSTITUTED = "substituted", pgettext_lazy("person status", "substituted")

    NEXT_STATUS: dict[str, set[str]] = {
        Status.DRAFT: {Status.SUBMITTED, Status.WAITLISTED, Status.CANCELLED},
        Status.SUBMITTED: {
            Status.DRAFT,
            Status.CONFIRMED,
            Status.REJECTED,
            Status.CANCELLED,
            Status.SUBSTITUTED,
        },
        Status.WAITLISTED: {Status.DRAFT, Status.SUBMITTED, Status.REJECTED, Status.CANCELLED},
        Status.CONFIRMED: {
            Status.DRAFT,  # when the whole delegation is withdrawn or rejected
            Status.SUBMITTED,
            Status.REJECTED,
            Status.CANCELLED,
            Status.SUBSTITUTED,
        },
        Status.REJECTED: {Status.DRAFT},
        Status.CANCELLED: {Status.DRAFT},
        Status.SUBSTITUTED: set(),
    }
    ABSENT = (Status.REJECTED, Status.CANCELLED, Status.SUBSTITUTED)
    HOLDS_PLACE = (Status.SUBMITTED, Status.CONFIRMED)

    class Role(models.TextChoices):
        HEAD = "head", pgettext_lazy("role", "Head of delegation")
        DEPUTY = "deputy", pgettext_lazy("role", "Deputy head of delegation")
        DELEGATE = "delegate", pgettext_lazy("role", "Delegate")
        ALTERNATE = "alternate", pgettext_lazy("role", "Alternate")
        HONORARY = "honorary", pgettext_lazy("role", "Honorary member")
        ADVISER = "adviser", pgettext_lazy("role", "Adviser")
        EXPERT = "expert", pgettext_lazy("role", "Expert")
        OBSERVER = "observer", pgettext_lazy("role", "Observer")
        SECRETARY = "secretary", pgettext_lazy("role", "Secretary of the delegation")
        STAFF = "staff", pgettext_lazy("role", "Parliamentary staff")
        INTERPRETER = "interpreter", pgettext_lazy("role", "Interpreter")
        SECURITY = "security", pgettext_lazy("role", "Security")
        PRESS = "press", pgettext_lazy("role", "Press")
        ACCOMPANYING = "accompanying", pgettext_lazy("role", "Accompanying person")
        GUEST = "guest", pgettext_lazy("role", "Special guest")
        SPEAKER = "speaker", pgettext_lazy("role", "Panellist")

    class Honorific(models.TextChoices):
        NONE = "", pgettext_lazy("honorific", "none")
        MS = "ms", pgettext_lazy("honorific", "Ms.")
        MR = "mr", pgettext_lazy("honorific", "Mr.")
        HON = "hon", pgettext_lazy("honorific", "Hon.")
        DR = "dr", pgettext_lazy("honorific", "Dr.")
        HE = "he", pgettext_lazy("honorific", "H.E.")
        SENATOR = "senator", pgettext_lazy("honorific", "Senator")
        DEPUTY = "deputy", pgettext_lazy("honorific", "Deputy")

    class Gender(models.TextChoices):
        WOMAN = "woman", pgettext_lazy("gender", "woman")
        MAN = "man", pgettext_lazy("gender", "man")
        OTHER = "other", pgettext_lazy("gender", "other")
        NOT_STATED = "not_stated", pgettext_lazy("gender", "not stated")

    class Attendance(models.TextChoices):
        IN_PERSON = "in_person", pgettext_lazy("attendance", "in person")
        ONLINE = "online", pgettext_lazy("attendance", "online")

    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="participants")
    status = models.CharField(
        _("status"), max_length=12, choices=Status, default=Status.DRAFT, editable=False
    )
    order = models.PositiveSmallIntegerField(_("order of precedence"), default=0)

    # Identity
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.DELEGATE)
    honorific = models.CharField(_("form of address"), max_length=10, choices=Honorific, blank=True)
    given_names = models.CharField(
        _("given names"), max_length=120, blank=True, help_text=_("As in the passport.")
    )
    family_names = models.CharField(
        _("family names"), max_length=120, blank=True, help_text=_("As in the passport.")
    )
    badge_name = models.CharField(_("name for the badge"), max_length=80, blank=True)
    gender = models.CharField(_("gender"), max_length=10, choices=Gender, default=Gender.NOT_STATED)
    accompanies = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="companions",
        verbose_name=_("accompanies"),
    )

    # Function. The language of a typed line is stored; the secretariat may add the other language.
    function = models.CharField(_("function"), max_length=200, blank=True)
    function_language = models.CharField(
        max_length=2, choices=settings.LANGUAGES, default="en", editable=False
    )
    function_translation = models.CharField(
        _("function in the other language"), max_length=200, blank=True, editable=False
    )
    body_function = models.CharField(_("function in the organizing body"), max_length=200, blank=True)
    body_function_language = models.CharField(
        max_length=2, choices=settings.LANGUAGES, default="en", editable=False
    )
    body_function_translation = models.CharField(
        _("function in the organizing body, in the other language"),
        max_length=200,
        blank=True,
        editable=False,
    )
    chamber = models.CharField(_("chamber"), max_length=120, blank=True)
    party = models.CharField(_("party"), max_length=120, blank=True)
    affiliation = models.CharField(_("organization or unit"), max_length=200, blank=True)
    biography = models.TextField(_("biographical note"), max_length=2000, blank=True)

    # Contact
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    emergency_contact = models.CharField(_("emergency contact"), max_length=200, blank=True)
    address = models.TextField(_("postal address"), max_length=300, blank=True)

    # Data for the host country and for visas
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    nationality = models.CharField(_("nationality"), max_length=2, blank=True)  # ISO 3166-1, two letters
    passport_number = models.CharField(_("passport number"), max_length=30, blank=True)
    passport_country = models.CharField(_("country of the passport"), max_length=2, blank=True)
    passport_issued_on = models.DateField(_("passport issued on"), null=True, blank=True)
    passport_expires_on = models.DateField(_("passport valid until"), null=True, blank=True)
    visa_letter = models.BooleanField(_("wants a visa-support letter"), default=False)
    visa_applied_at = models.CharField(_("where the visa is applied for"), max_length=120, blank=True)

    # Journey and needs
    attendance = models.CharField(
        pgettext_lazy("person", "attendance"), max_length=10, choices=Attendance, default=Attendance.IN_PERSON
    )
    arrival_on = models.DateField(_("day of arrival"), null=True, blank=True)
    arrival_at = models.TimeField(_("hour of arrival"), null=True, blank=True)
    arrival_by = models.CharField(_("arrival: airport and flight"), max_length=120, blank=True)
    departure_on = models.DateField(_("day of departure"), null=True, blank=True)
    departure_at = models.TimeField(_("hour of departure"), null=True, blank=True)
    departure_by = models.CharField(_("departure: airport and flight"), max_length=120, blank=True)
    hotel = models.CharField(_("hotel"), max_length=150, blank=True)
    spoken_languages = models.CharField(_("languages spoken"), max_length=120, blank=True)
    related_meetings = models.CharField(_("related meetings and social events"), max_length=300, blank=True)
    diet = models.CharField(_("dietary needs"), max_length=200, blank=True)
    access_needs = models.CharField(_("accessibility needs"), max_length=300, blank=True)
    consents_to_list = models.BooleanField(_("may be named in the published list"), default=False)

    # State
    substitutes = models.OneToOneField(
        "self",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="substituted_by",
        verbose_name=_("comes instead of"),
    )
    # The confirmed identity, while a change of it waits for the secretariat.
    confirmed_identity = models.JSONField(null=True, editable=False)
    reason = models.TextField(_("reason"), blank=True, editable=False)  # of a rejection or a cancellation
    version = models.PositiveIntegerField(default=1, editable=False)
    # Created with the empty form, so that a page sent twice adds one person only.
    form_key = models.UUIDField(null=True, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)
    waitlisted_at = models.DateTimeField(_("on the waiting list since"), null=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)
    attended_at = models.DateTimeField(_("attendance noted"), null=True, editable=False)
    # When data was last deleted because its keeping period had ended.
    purged_at = models.DateTimeField(null=True, editable=False)
    # When everything that identifies the person was erased; role, gender and status stay for the figures.
    erased_at = models.DateTimeField(null=True, editable=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ("delegation", "order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("delegation",),
                condition=Q(role="head") & ~Q(status__in=("rejected", "cancelled", "substituted")),
                name="one_head_per_delegation",
                violation_error_message=_("A delegation has one head."),
            ),
            models.UniqueConstraint(fields=("delegation", "form_key"), name="one_person_for_each_form"),
            # One of the two is enough: many passports have one name and an empty line for the other.
            models.CheckConstraint(
                condition=~Q(given_names="", family_names="") | Q(erased_at__isnull=False),
                name="participant_has_a_name",
                violation_error_message=_("Enter the given names, the family names or both."),
            ),
        )
        indexes = (models.Index(fields=("status", "waitlisted_at"), name="participant_by_status"),)

    def __str__(self) -> str:
        return self.badge_name or self.full_name

    def get_absolute_url(self) -> str:
        return reverse("registration:person", args=[self.delegation_id, self.pk])

    @property
    def event_id(self) -> int:
        """The event's key, for the audit trail."""
        return self.delegation.event_id

    @property
    def has_name(self) -> bool:
        return bool(f"{self.given_names}{self.family_names}".strip())

    @property
    def full_name(self) -> str:
        """The name as in the passport; a neutral text if the person's data was erased."""
        return f"{self.given_names} {self.family_names}".strip() or (
            pgettext("instead of a name", "Removed person") if self.erased_at else ""
        )

    @property
    def category(self) -> Category:
        """The category in which deadlines, places and rules count this person."""
        return CATEGORY_OF[self.Role(self.role)]

    @property
    def is_present(self) -> bool:
        return self.status not in self.ABSENT

    @property
    def holds_place(self) -> bool:
        return self.status in self.HOLDS_PLACE

    @property
    def identity(self) -> dict[str, Any]:
        """The values that identify the person; a change after confirmation must be examined again."""
        return {name: getattr(self, name) for name in IDENTITY}

    def can_become(self, status: str) -> bool:
        return status in self.NEXT_STATUS[self.Status(self.status)]


IDENTITY = ("role", "given_names", "family_names", "badge_name")

_Role = Participant.Role
CATEGORY_OF = {
    _Role.HEAD: Category.MEMBERS,
    _Role.DEPUTY: Category.MEMBERS,
    _Role.DELEGATE: Category.MEMBERS,
    _Role.ALTERNATE: Category.MEMBERS,
    _Role.HONORARY: Category.GUESTS,
    _Role.ADVISER: Category.ADVISERS,
    _Role.EXPERT: Category.ADVISERS,
    _Role.OBSERVER: Category.OBSERVERS,
    _Role.SECRETARY: Category.STAFF,
    _Role.STAFF: Category.STAFF,
    _Role.INTERPRETER: Category.STAFF,
    _Role.SECURITY: Category.STAFF,
    _Role.PRESS: Category.PRESS,
    _Role.ACCOMPANYING: Category.ACCOMPANYING,
    _Role.GUEST: Category.GUESTS,
    _Role.SPEAKER: Category.GUESTS,
}
