"""The event, its organisers, its texts and its team."""

from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Self
from zoneinfo import ZoneInfo, available_timezones

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, F, FilteredRelation, OuterRef, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.language import LANGUAGE_CODES
from accounts.models import User
from events import richtext
from events.models.organisation import Organisation
from events.search import fold


def validate_zone(value: str) -> None:
    """Raises ValidationError if the value is not a time zone of the IANA database."""
    if value not in available_timezones():
        raise ValidationError(
            _("“%(zone)s” is not a time zone. Write Europe/Zurich, for example."), params={"zone": value}
        )


class EventQuerySet(models.QuerySet["Event"]):
    def public(self) -> Self:
        """Events that visitors may see: published, or postponed or cancelled later."""
        return self.exclude(status=Event.Status.DRAFT)

    def visible_to(self, user: User | None) -> Self:
        """Events that the user may see: everybody public events, a team also its drafts, the secretariat all."""
        if user is None or not user.is_authenticated:
            return self.public()
        if user.is_secretariat:
            return self
        return self.filter(~Q(status=Event.Status.DRAFT) | Q(members__user=user)).distinct()

    def of_team(self, user: User) -> Self:
        """Events whose desk the user may use: the secretariat all, an organiser those of their teams."""
        return self if user.is_secretariat else self.filter(members__user=user)

    def not_cancelled(self) -> Self:
        return self.exclude(status=Event.Status.CANCELLED)

    def upcoming(self, today: date) -> Self:
        """Events that are not over, the next one first."""
        return self.filter(last_day__gte=today).order_by("first_day", "pk")

    def past(self, today: date) -> Self:
        """Events that are over, the latest first."""
        return self.filter(last_day__lt=today).order_by("-first_day", "-pk")

    def in_reading_order(self, today: date) -> Self:
        """First the events that are not over, the next one first; then the past events, the latest first."""
        coming = Case(When(last_day__gte=today, then=F("first_day")))
        return self.order_by(coming.asc(nulls_last=True), "-first_day", "-pk")

    def in_year(self, year: int) -> Self:
        """Events with at least one day in the year."""
        return self.filter(first_day__year__lte=year, last_day__year__gte=year)

    def in_country(self, name: str) -> Self:
        """Events in the country with this name, in any language."""
        return self.filter(reduce(or_, (Q(**{f"country_{code}": name}) for code in LANGUAGE_CODES)))

    def country_names(self) -> list[tuple[str | None, ...]]:
        """Return the names of each country, one per language; None or "" if a name is missing."""
        return list(self.order_by().values_list(*(f"country_{code}" for code in LANGUAGE_CODES)).distinct())

    def with_registration(self) -> Self:
        """Add `registration_opens_at` and `registration_closes_at` (UTC); None if there is no such deadline."""
        everybody = Q(windows__stage="register", windows__category="")
        return self.annotate(
            registration=FilteredRelation("windows", condition=everybody),
            registration_opens_at=F("registration__opens_at"),
            registration_closes_at=F("registration__closes_at"),
        )

    def with_has_agenda(self) -> Self:
        """Add `has_agenda`: True if the event has agenda items, which only statutory meetings have."""
        items = apps.get_model("events", "AgendaItem")._default_manager.filter(event=OuterRef("pk"))
        return self.annotate(has_agenda=Exists(items))

    def matching(self, words: str) -> Self:
        """Events whose texts contain every word, in any language and without regard to accents and case."""
        found = self
        for word in fold(words).split()[:8]:
            found = found.filter(search_text__contains=word)
        return found


class Event(models.Model):
    """A workshop, conference, seminar or meeting, with its texts in two languages."""

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", _("Workshop")
        CONFERENCE = "conference", _("Conference")
        SEMINAR = "seminar", _("Seminar")
        ASSEMBLY = "assembly", _("Assembly")
        MEETING = "meeting", _("Meeting")

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", pgettext_lazy("attendance", "in person")
        ONLINE = "online", pgettext_lazy("attendance", "online")
        HYBRID = "hybrid", pgettext_lazy("attendance", "in person and online")

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("event status", "draft")
        PUBLISHED = "published", pgettext_lazy("event status", "published")
        POSTPONED = "postponed", pgettext_lazy("event status", "postponed")
        CANCELLED = "cancelled", pgettext_lazy("event status", "cancelled")

    class Gender(models.TextChoices):
        WOMAN = "f", _("woman")
        MAN = "m", _("man")
        UNKNOWN = "", _("not stated")

    class DeadlineZone(models.TextChoices):
        EVENT = "event", _("end of the day in the event’s time zone")
        ANYWHERE = "anywhere", _("end of the day everywhere (UTC−12)")

    class ListPublication(models.TextChoices):
        CONSENT = "consent", _("people who agree to it")
        RECORD = "record", _("everybody confirmed: attendance is a public record")
        NONE = "none", pgettext_lazy("list of participants", "nobody")

    slug = models.SlugField(
        _("address"), max_length=80, unique=True, help_text=_("The last part of the page’s address.")
    )
    reference = models.CharField(
        _("reference"),
        max_length=20,
        unique=True,
        help_text=_("Begins the reference of every letter: EPARL-2021."),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.WORKSHOP)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    title = models.CharField(_("title"), max_length=250)
    name_in_sentence = models.CharField(
        _("name inside a sentence"),
        max_length=270,
        blank=True,
        help_text=_("With its article: la novena Conferencia Mundial sobre el Parlamento Electrónico."),
    )
    theme = models.CharField(_("theme"), max_length=250, blank=True)
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("One or two sentences for lists and search engines.")
    )
    description = models.TextField(_("description"), blank=True)
    after_text = models.TextField(
        _("text for afterwards"),
        blank=True,
        help_text=_("Replaces the description from the day after the last day."),
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    zone = models.CharField(
        _("time zone"), max_length=50, default="Europe/Zurich", validators=[validate_zone]
    )
    deadline_zone = models.CharField(
        _("deadlines end"), max_length=8, choices=DeadlineZone, default=DeadlineZone.EVENT
    )
    mode = models.CharField(_("attendance"), max_length=10, choices=Mode, default=Mode.IN_PERSON)
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    country = models.CharField(_("country"), max_length=80, blank=True)
    working_languages = models.CharField(
        _("working languages"), max_length=60, blank=True, help_text=_("Codes with commas: en, es, fr.")
    )
    contact_name = models.CharField(_("contact person"), max_length=120, blank=True)
    contact_gender = models.CharField(_("contact’s gender"), max_length=1, choices=Gender, blank=True)
    contact_email = models.EmailField(_("contact’s e-mail"), blank=True)
    contact_phone = models.CharField(_("contact’s telephone"), max_length=40, blank=True)
    contact_unit = models.CharField(_("contact’s unit"), max_length=150, blank=True)

    list_publication = models.CharField(
        _("list of participants names"),
        max_length=8,
        choices=ListPublication,
        default=ListPublication.CONSENT,
    )

    search_text = models.TextField(editable=False, blank=True)
    # RFC 5545: SEQUENCE increases when the calendar entry changes.
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    calendar_stamp = models.DateTimeField(default=timezone.now, editable=False)

    organisations: models.ManyToManyField = models.ManyToManyField(
        Organisation, through="EventOrganiser", related_name="events"
    )

    objects = EventQuerySet.as_manager()

    has_agenda: bool  # added by `with_has_agenda`
    registration_opens_at: datetime | None  # added by `with_registration`, like the next one
    registration_closes_at: datetime | None

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("-first_day", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="event_ends_after_it_starts",
                violation_error_message=_("The last day cannot be before the first day."),
            ),
        )

    def __str__(self) -> str:
        return self.title or self.slug

    def save(self, *args: object, **kwargs: object) -> None:
        """Clean the rich text and update the search column before every save."""
        richtext.clean_columns(self, "description", "after_text")
        self.search_text = fold(" ".join(str(text) for text in self._searchable() if text))
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("events:detail", args=[self.slug])

    def _searchable(self) -> list[str | None]:
        names = ("title", "theme", "summary", "city", "country", "venue")
        texts = [getattr(self, f"{name}_{code}") for name in names for code in LANGUAGE_CODES]
        return [
            *texts,
            *(richtext.plain_text(getattr(self, f"description_{code}") or "") for code in LANGUAGE_CODES),
        ]

    @property
    def parts(self) -> "list[models.Model]":
        """The rows that the event's admin page edits, read from the database."""
        rows = (
            self.organisers,
            self.sections,
            self.agenda_items,
            self.windows,
            self.sessions,
            self.members,
        )
        return [row for manager in rows for row in manager.order_by("pk")]

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def is_over(self) -> bool:
        """True from the day after the last day, in the event's time zone."""
        return timezone.now().astimezone(self.tz).date() > self.last_day

    @property
    def is_off(self) -> bool:
        """True if the event is cancelled or postponed."""
        return self.status in {self.Status.CANCELLED, self.Status.POSTPONED}

    @property
    def is_on(self) -> bool:
        """True if the event is not cancelled, not postponed and not over."""
        return not (self.is_off or self.is_over)

    @property
    def is_public(self) -> bool:
        return self.status != self.Status.DRAFT


class EventOrganiser(models.Model):
    """The role of an organisation in an event. An organisation can have several roles."""

    class Role(models.TextChoices):
        ORGANISED = "organised", pgettext_lazy("organiser role", "Organized by")
        CO_ORGANISED = "co_organised", pgettext_lazy("organiser role", "Co-organized by")
        HOSTED = "hosted", pgettext_lazy("organiser role", "Hosted by")
        COOPERATION = "cooperation", pgettext_lazy("organiser role", "In cooperation with")
        THROUGH = "through", pgettext_lazy("organiser role", "Through")
        FRAMEWORK = "framework", pgettext_lazy("organiser role", "Within the framework of")

    event = models.ForeignKey(Event, models.CASCADE, related_name="organisers")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="roles", verbose_name=_("organization")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.ORGANISED)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("organizer")
        verbose_name_plural = _("organizers")
        ordering = ("order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("event", "organisation", "role"),
                name="organiser_role_once",
                violation_error_message=_("This organization already has this role."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.organisation}"


class EventSection(models.Model):
    """A text of the event, shown on its page, in its aide-memoire or in its practical information note."""

    class Kind(models.TextChoices):
        BACKGROUND = "background", _("Background")
        OBJECTIVES = "objectives", _("Objectives")
        OUTCOMES = "outcomes", _("Expected outcomes")
        PARTICIPANTS = "participants", pgettext_lazy("section", "Participants")
        METHODOLOGY = "methodology", _("Programme and methodology")
        ORGANISATION = "organisation", _("Organization and partners")
        LANGUAGES = "languages", pgettext_lazy("section", "Languages")
        VENUE = "venue", _("Venue and date")
        REGISTRATION = "registration", _("Participation and registration")
        DELEGATES = "delegates", _("List of delegates")
        MODALITIES = "modalities", _("Working modalities")
        DOCUMENTS = "documents", pgettext_lazy("section", "Documents")
        CLOAKROOM = "cloakroom", _("Cloakroom")
        RECEPTION = "reception", _("Official reception")
        VISAS = "visas", _("Visas")
        HOTELS = "hotels", _("Hotels")
        TRANSPORT = "transport", _("Local transport")
        CONTACT = "contact", pgettext_lazy("section", "Contact")

    event = models.ForeignKey(Event, models.CASCADE, related_name="sections")
    kind = models.CharField(_("heading"), max_length=12, choices=Kind)
    text = models.TextField(pgettext_lazy("section", "text"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    on_page = models.BooleanField(_("on the page"), default=False)
    in_aide_memoire = models.BooleanField(_("in the aide-memoire"), default=True)
    in_practical_note = models.BooleanField(_("in the practical information note"), default=False)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.get_kind_display()

    def save(self, *args: object, **kwargs: object) -> None:
        """Clean the rich text before every save."""
        richtext.clean_columns(self, "text")
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class EventMember(models.Model):
    """A member of the event's team, who may use its desk without belonging to the secretariat."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="teams", verbose_name=_("person")
    )

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team")
        constraints = (models.UniqueConstraint(fields=("event", "user"), name="member_once"),)

    def __str__(self) -> str:
        return str(self.user)
