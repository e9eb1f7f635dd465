"""The tracker: which letters were sent, delivered, opened and answered, and the actions for each parliament."""

from abc import ABC, abstractmethod
from functools import cached_property

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.requests import parse_number
from documents import services
from documents.forms import VoidForm
from documents.models import Document
from documents.pages import tracking
from documents.services.issuing import latest_delivery, letters_of
from documents.views.base import TeamView
from jobs import services as job_services
from jobs.forms import BounceForm
from jobs.models import OutgoingMail
from registration.models import Invitation
from registration.rules import Refused


class Tracker(TeamView):
    """All invited parliaments by region."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        tracks = tracking.tracks(self.event)
        chosen = {name: request.GET.get(name, "") for name in ("region", "stage")}
        return self.page(
            "tracker",
            tables=[tracking.region_table(tracks)],
            regions=list(tracking.group_by_region(tracks)),
            groups=tracking.group_by_region(track for track in tracks if track.matches(**chosen)),
            stages=tracking.Stage,
            chosen=chosen,
        )


class ParliamentView(TeamView):
    """A page about the letters to one invited parliament."""

    @cached_property
    def invitation(self) -> Invitation:
        invitations = self.event.invitations.with_parliament()
        return get_object_or_404(invitations, organisation__code=self.kwargs["code"])

    def back(self) -> HttpResponse:
        """Redirect to the parliament's page."""
        return redirect("documents:parliament", self.event.slug, self.kwargs["code"])


class ParliamentLetters(ParliamentView):
    """All versions of the letters, the state of each mail, and the possible actions."""

    def get(self, request: HttpRequest, slug: str, code: str) -> HttpResponse:
        (track,) = tracking.tracks(self.event, self.invitation.organisation)
        return self.page("parliament", track=track, invitation=self.invitation)


class ConfirmedAction(ParliamentView, ABC):
    """A page that explains an action and asks for its data (GET), then does it (POST)."""

    template = ""
    form_class: type[Form] = Form

    def get(self, request: HttpRequest, slug: str, code: str, **keys: int) -> HttpResponse:
        return self.ask(self.form())

    def post(self, request: HttpRequest, slug: str, code: str, **keys: int) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.ask(form)
        try:
            messages.success(request, self.act(form))
        except Refused as refused:
            messages.error(request, str(refused))
        return self.back()

    def form(self, data: QueryDict | None = None) -> Form:
        return self.form_class(data)

    def ask(self, form: Form) -> HttpResponse:
        (track,) = tracking.tracks(self.event, self.invitation.organisation)
        return self.page(self.template, form=form, track=track, invitation=self.invitation, **self.about())

    def about(self) -> dict[str, object]:
        """Return further context of the page."""
        return {}

    @abstractmethod
    def act(self, form: Form) -> str:
        """Do the action. Return the message to show afterwards. Raises Refused."""


class Resend(ConfirmedAction):
    """Send the same letters in a new mail."""

    template = "resend"

    def about(self) -> dict[str, object]:
        return {"seen": latest_delivery(letters_of(self.event, self.invitation.organisation))}

    def act(self, form: Form) -> str:
        seen = parse_number(self.request.POST.get("seen", ""))
        count = services.resend(invitation=self.invitation, seen=seen, actor=self.actor)
        words = ngettext("%(count)s mail is on its way.", "%(count)s mails are on their way.", count)
        return words % {"count": count}


class VoidLetter(ConfirmedAction):
    """Declare a letter void."""

    template = "void"
    form_class = VoidForm

    @cached_property
    def document(self) -> Document:
        letters = letters_of(self.event, self.invitation.organisation).done()
        return get_object_or_404(letters.exclude(validity=Document.Validity.VOID), pk=self.kwargs["pk"])

    def about(self) -> dict[str, object]:
        return {"document": self.document}

    def act(self, form: Form) -> str:
        reason = form.cleaned_data["reason"]
        try:
            services.void(document=self.document, reason=reason, actor=self.actor)
        except services.NotVoidable as gone:
            raise Http404 from gone
        return _("%(document)s is void.") % {"document": self.document}


class Bounce(ConfirmedAction):
    """Record that a mail was returned, with the words of its report."""

    template = "bounce"
    form_class = BounceForm

    @cached_property
    def mail(self) -> OutgoingMail:
        letters = letters_of(self.event, self.invitation.organisation)
        mails = OutgoingMail.objects.filter(deliveries__document__in=letters).distinct()
        return get_object_or_404(mails, pk=self.kwargs["pk"])

    def about(self) -> dict[str, object]:
        return {"mail": self.mail}

    def act(self, form: Form) -> str:
        try:
            job_services.bounce(mail=self.mail, words=form.cleaned_data["words"], actor=self.actor)
        except job_services.MailNotSent as gone:
            raise Http404 from gone
        return _("Noted: the mail to %(address)s was returned.") % {"address": self.mail.to}


class TryAgain(ParliamentView):
    """Send a failed mail again without changes. It is not sent if its letter is no longer in force."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, code: str, pk: int) -> HttpResponse:
        letters = letters_of(self.event, self.invitation.organisation)
        mails = OutgoingMail.objects.filter(deliveries__document__in=letters).distinct()
        try:
            job_services.retry(job=get_object_or_404(mails, pk=pk), actor=self.actor)
        except job_services.JobNotRetryable:
            messages.info(request, _("This mail is on its way already, or has left."))
        return self.back()
