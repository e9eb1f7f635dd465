"""The admin pages of users and of the audit trail, and the base classes of admin pages that write the trail."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, cast

from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db import models
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit, services, trail
from accounts.models import AuditEntry, User

SHOWN = 200  # newest entries on a history page


def actor_of(request: HttpRequest) -> User:
    """Return the user of an admin request. The user is always signed in there."""
    return cast(User, request.user)


def tag(word: str, tone: str = "") -> SafeString:
    """Return a state as an HTML tag with a colour."""
    return format_html('<span class="tag tag-{}">{}</span>', tone or "plain", word)


class ReadOnly(admin.options.BaseModelAdmin):
    """Base for admin pages and inlines that only show rows; only services write them."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class OwnPages(admin.ModelAdmin):
    """An admin with pages and actions beside Django's."""

    def own_path(self, route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
        """Return the URL of a page or action, named admin:<app>_<model>_<name>."""
        full_name = f"{self.opts.app_label}_{self.opts.model_name}_{name}"
        return path(route, self.admin_site.admin_view(view), name=full_name)

    def own_page(self, request: HttpRequest, template: str, title: str, **context: Any) -> TemplateResponse:
        """Return a page in the frame of the administration."""
        frame = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        return TemplateResponse(request, template, frame | context)


class AuditedAdmin(OwnPages):
    """Writes each edit to the audit trail, with the values before and after; the history page shows the trail.

    Django's own log is not used: it records no values, and nothing that happens outside the admin.
    """

    personal_fields: Collection[str] = ()  # the trail records the names of these fields, but not their values

    def audited_objects(self, obj: Any) -> Iterable[models.Model]:
        """Return the object, followed by the related objects that its page also edits."""
        return [obj]

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        request.values_before = self._values(obj.pk) if change else {}  # type: ignore[attr-defined]
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        audit.record_edit(
            actor_of(request),
            f"{self.opts.model_name}.{'changed' if change else 'added'}",
            form.instance,
            before=request.values_before,  # type: ignore[attr-defined]
            after=self._values(form.instance.pk),
            personal=self.personal_fields,
        )

    def log_addition(self, *_args: object) -> None:  # type: ignore[override]
        """Do nothing: the audit trail records the addition."""

    def log_change(self, *_args: object) -> None:  # type: ignore[override]
        """Do nothing: the audit trail records the change."""

    def log_deletions(  # type: ignore[override]
        self, request: HttpRequest, queryset: Iterable[models.Model]
    ) -> None:
        for obj in queryset:
            audit.record(actor_of(request), f"{self.opts.model_name}.removed", obj)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        entries = [
            (entry, trail.verb_description(entry.verb), changes_html(entry))
            for entry in AuditEntry.objects.about(obj).with_actor()[:SHOWN]
        ]
        context = {"entries": entries, "original": obj, **(extra_context or {})}
        title = _("History: %(object)s") % {"object": obj}
        return self.own_page(request, "admin/accounts/history.html", title, **context)

    def _values(self, pk: object) -> dict[str, object]:
        """Return the values in the database; those of the form's instance can differ."""
        return audit.editable_values(*self.audited_objects(self.model._default_manager.get(pk=pk)))


@admin.register(User)
class UserAdmin(AuditedAdmin):
    """Accounts. Only superusers may change an account of the secretariat: its e-mail address gives access to it."""

    list_display = ("email", "name", "language", "is_staff", "has_second_factor", "is_active", "last_login")
    list_filter = ("is_staff", "is_active", "language")
    search_fields = ("email", "name")
    personal_fields = ("email", "name")
    fieldsets = (
        (None, {"fields": ("email", "name", "language", "is_active")}),
        (gettext_lazy("Rights"), {"fields": ("is_staff", "is_superuser")}),
        (gettext_lazy("Sign-in"), {"fields": ("last_login", "has_second_factor", "date_joined")}),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[User]:
        factors = Authenticator.objects.filter(user=models.OuterRef("pk"), type=Authenticator.Type.TOTP)
        return super().get_queryset(request).annotate(second_factor=models.Exists(factors))

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        shown = ("last_login", "has_second_factor", "date_joined")
        return shown if request.user.is_superuser else (*shown, "is_staff", "is_superuser")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._is_theirs_to_change(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._is_theirs_to_change(request, obj)

    def _is_theirs_to_change(self, request: HttpRequest, obj: User | None) -> bool:
        return request.user.is_superuser or obj is None or not obj.is_staff

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        """Convert the e-mail address to lower case, as a database constraint requires."""
        form = super().get_form(request, obj, change, **kwargs)
        if "email" in form.base_fields:
            form.clean_email = lambda self: self.cleaned_data["email"].lower()  # type: ignore[attr-defined]
        return form

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        if not change:
            obj.set_unusable_password()  # users sign in with a code; staff can set a password later
        super().save_model(request, obj, form, change)
        services.settle_address(person=obj)

    @admin.display(boolean=True, description=gettext_lazy("second factor"))
    def has_second_factor(self, obj: User) -> bool:
        return getattr(obj, "second_factor", False)


class KindFilter(admin.AllValuesFieldListFilter):
    """Filter by the kind of object, shown by its name."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        return (
            {**one, "display": trail.object_type_name(str(one["display"]))}
            for one in super().choices(changelist)
        )


class VerbFilter(admin.SimpleListFilter):
    """Filter by verb. “changed” without a kind of object matches all kinds."""

    title = gettext_lazy("what")
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(trail.verbs().items())

    def queryset(
        self, request: HttpRequest, queryset: models.QuerySet[AuditEntry]
    ) -> models.QuerySet[AuditEntry]:
        verb = self.value()
        if not verb:
            return queryset
        return queryset.filter(verb=verb) if "." in verb else queryset.filter(verb__endswith=f".{verb}")


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly, admin.ModelAdmin):
    """The audit trail, read-only."""

    list_display = ("at", "who", "what", "kind", "object_id", "fields_changed", "request_id")
    list_display_links = ("at",)
    list_filter = (("object_type", KindFilter), VerbFilter)
    search_fields = ("verb", "request_id", "object_id")
    date_hierarchy = "at"
    fields = ("at", "who", "what", "kind", "object_id", "event_id", "request_id", "what_changed")
    readonly_fields = ("who", "what", "kind", "what_changed")
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[AuditEntry]:
        return AuditEntry.objects.with_actor()

    @admin.display(description=gettext_lazy("who"))
    def who(self, entry: Any) -> str:
        return entry.actor or (
            _("account %(number)s") % {"number": entry.actor_id} if entry.actor_id else _("Convoca")
        )

    @admin.display(description=gettext_lazy("what"), ordering="verb")
    def what(self, entry: AuditEntry) -> str:
        return trail.verb_description(entry.verb)

    @admin.display(description=gettext_lazy("kind of object"), ordering="object_type")
    def kind(self, entry: AuditEntry) -> str:
        return trail.object_type_name(entry.object_type)

    @admin.display(description=gettext_lazy("changes"))
    def fields_changed(self, entry: AuditEntry) -> str:
        return Truncator(
            ", ".join(name for name, _change in trail.changes(entry.object_type, entry.changes))
        ).chars(120)

    @admin.display(description=gettext_lazy("changes"))
    def what_changed(self, entry: AuditEntry) -> SafeString:
        return changes_html(entry)


def changes_html(entry: AuditEntry) -> SafeString:
    """Return one line per change, such as “Title (Spanish): before → after”."""
    return format_html_join("", "<div><b>{}</b>: {}</div>", trail.changes(entry.object_type, entry.changes))
