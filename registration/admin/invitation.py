"""Invitations in the admin: issue and send them, replace or revoke their links."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.admin import ReadOnly, tag
from accounts.requests import SignedInRequest
from events.dates import long_date
from registration import rules, services
from registration.addresses import is_known
from registration.admin.extending import ExtensionPage
from registration.forms import InviteForm
from registration.models import Invitation
from registration.tones import tone_of


class LinkFilter(admin.SimpleListFilter):
    """Invitations by the state of their present link."""

    title = gettext_lazy("link")
    parameter_name = "sent"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("yes", gettext_lazy("sent by mail")),
            ("no", gettext_lazy("not sent yet")),
            ("revoked", pgettext_lazy("personal link", "revoked")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> models.QuerySet[Invitation]:
        chosen = {
            "yes": queryset.exclude(mailed_at=None),
            "no": queryset.unsent(),
            "revoked": queryset.filter(token_hash=None),
        }
        return chosen.get(self.value() or "", queryset)


@admin.register(Invitation)
class InvitationAdmin(ReadOnly, ExtensionPage):
    change_list_template = "admin/registration/invitation/change_list.html"
    change_form_template = "admin/registration/invitation/change_form.html"
    list_display = (
        "organisation",
        "reference",
        "language",
        "state_tag",
        "issued_on",
        "sent_on",
        "registration",
        "coordinator_list",
    )
    list_filter = ("event", "state", LinkFilter, "language")
    list_per_page = 250
    list_select_related = ("event", "organisation__parliament", "delegation")
    search_fields = tuple(f"organisation__{name}" for name in ("code", "name_en", "name_es"))
    fields = (
        "organisation",
        "event",
        "language",
        "state_tag",
        "answer",
        "answered_at",
        "coordinator_list",
        "issued_at",
        "issued_by",
        "mailed_at",
        "opened_at",
    )
    readonly_fields = ("state_tag", "coordinator_list")
    actions = ("send_links",)

    def get_urls(self) -> list[URLPattern]:
        invite = require_http_methods(["GET", "POST"])(self.invite)
        return [
            self.own_path("invite/", invite, "invite"),
            self.own_path("<int:pk>/send/", require_POST(self.send), "send"),
            self.own_path("<int:pk>/replace-link/", require_POST(self.replace_link), "replace_link"),
            self.own_path("<int:pk>/revoke-link/", require_POST(self.revoke_link), "revoke_link"),
            self.own_path("<int:pk>/show-link/", require_POST(self.show_link), "show_link"),
            self.extension_path(),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Invitation]:
        contacts = "organisation__parliament__contacts"
        return Invitation.objects.prefetch_related("delegation__coordinators", contacts)

    def has_send_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("registration.change_invitation")

    def invite(self, request: SignedInRequest) -> HttpResponse:
        """Choose event and parliaments, confirm their number, then issue the invitations."""
        self.require_right(request)
        form = InviteForm(request.POST or None, initial={"parliaments": request.GET.getlist("parliaments")})
        if not form.is_valid():
            return self.office_page(request, "invite", _("Invite parliaments"), form=form)
        event, chosen = form.cleaned_data["event"], form.chosen()
        if "confirmed" not in request.POST:
            preview = services.preview_invitations(event, chosen)
            return self.office_page(
                request, "invite_check", _("Invite parliaments"), form=form, event=event, preview=preview
            )
        language = form.cleaned_data["language"]
        done = services.invite(event=event, parliaments=chosen, language=language, actor=request.user)
        sentence = ngettext("%(count)s invitation issued.", "%(count)s invitations issued.", done.new)
        messages.success(request, sentence % {"count": done.new} + " " + _("Nothing has been sent yet."))
        return redirect(
            f"{reverse('admin:registration_invitation_changelist')}?event__id__exact={event.pk}&sent=no"
        )

    @admin.action(description=gettext_lazy("Send the personal links by e-mail…"), permissions=["send"])
    def send_links(self, request: SignedInRequest, queryset: Any) -> HttpResponse | None:
        """Ask for confirmation first, with the numbers."""
        if "confirmed" in request.POST:
            self._send(request, queryset)
            return None
        unsent = queryset.unsent()
        reachable = unsent.filter(organisation__parliament__contacts__isnull=False).distinct().count()
        counts = {
            "reachable": reachable,
            "lonely": unsent.count() - reachable,
            "sent": queryset.count() - unsent.count(),
        }
        title = _("Send the personal links")
        return self.office_page(request, "send", title, queryset=queryset, **counts)

    def send(self, request: SignedInRequest, pk: int) -> HttpResponse:
        self._send(request, [self.find(request, pk)])
        return redirect("admin:registration_invitation_change", pk)

    def replace_link(self, request: SignedInRequest, pk: int) -> HttpResponse:
        invitation = self.find(request, pk)
        services.reissue_link(invitation=invitation, actor=request.user)
        sentence = (
            _("The invitation has a new link. It has not been sent yet.")
            if invitation.is_revoked
            else _("The old link opens nothing any more. The new one has not been sent yet.")
        )
        messages.success(request, sentence)
        return redirect("admin:registration_invitation_change", pk)

    def revoke_link(self, request: SignedInRequest, pk: int) -> HttpResponse:
        services.revoke_link(invitation=self.find(request, pk), actor=request.user)
        messages.success(request, _("The link is revoked: nothing opens this invitation."))
        return redirect("admin:registration_invitation_change", pk)

    def show_link(self, request: SignedInRequest, pk: int) -> HttpResponse:
        invitation = self.find(request, pk)
        language = invitation.language
        if language == Invitation.Language.BOTH:
            language = get_language() or "en"
        try:
            link = services.show_link(invitation=invitation, actor=request.user, language=language)
        except rules.LinkRevoked as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:registration_invitation_change", pk)
        return self.office_page(request, "link", _("Personal link"), original=invitation, link=link)

    def _send(self, request: SignedInRequest, invitations: Iterable[Invitation]) -> None:
        try:
            done = services.send_invitations(invitations=invitations, actor=request.user)
        except rules.EventNotHeld as refusal:
            messages.error(request, str(refusal))
            return
        sentence = ngettext("%(count)s link is on its way.", "%(count)s links are on their way.", done.sent)
        messages.success(request, sentence % {"count": done.sent})
        if done.without_contact:
            names = ", ".join(str(invitation.organisation) for invitation in done.without_contact)
            messages.warning(
                request, _("Without a contact, so nothing was sent: %(names)s.") % {"names": names}
            )

    @admin.display(description=capfirst(gettext_lazy("state")), ordering="state")
    def state_tag(self, invitation: Invitation) -> SafeString:
        state = tag(invitation.get_state_display(), tone_of(invitation.state))
        revoked = tag(_("link revoked"), "bad") if invitation.is_revoked else ""
        return format_html("{} {}", state, revoked)

    @admin.display(description=capfirst(gettext_lazy("event")), ordering="event__reference")
    def reference(self, invitation: Invitation) -> str:
        """The short name, because titles would fill half the list."""
        return invitation.event.reference

    @admin.display(description=capfirst(pgettext_lazy("invitations", "issued")), ordering="issued_at")
    def issued_on(self, invitation: Invitation) -> str:
        return long_date(invitation.issued_at.date(), get_language() or "en")

    @admin.display(description=capfirst(pgettext_lazy("invitations", "sent")), ordering="mailed_at")
    def sent_on(self, invitation: Invitation) -> str:
        return long_date(invitation.mailed_at.date(), get_language() or "en") if invitation.mailed_at else "–"

    @admin.display(description=gettext_lazy("Registration"))
    def registration(self, invitation: Invitation) -> SafeString | str:
        delegation = getattr(invitation, "delegation", None)
        if delegation is None:
            return "–"
        address = reverse("admin:registration_delegation_change", args=[delegation.pk])
        return format_html('<a href="{}">{}</a>', address, delegation.get_status_display())

    @admin.display(description=gettext_lazy("Coordinators"))
    def coordinator_list(self, invitation: Invitation) -> SafeString | str:
        """The coordinators' addresses; those not known from the parliament's contacts are marked."""
        delegation = getattr(invitation, "delegation", None)
        parliament = getattr(invitation.organisation, "parliament", None)
        contacts = [contact.email for contact in parliament.contacts.all()] if parliament else []
        unknown = tag(pgettext("coordinator", "address unknown to us"), "warn")
        lines = (
            (user.email, "" if user.is_staff or is_known(user.email, contacts) else unknown)
            for user in (delegation.coordinators.all() if delegation else ())
        )
        return format_html_join(mark_safe("<br>"), "{} {}", lines) or "–"
