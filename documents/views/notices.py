"""The page for telling people that an event was cancelled or postponed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.services import notices
from documents.views.base import TeamView
from registration.rules import Refused


class Notice(TeamView):
    """The holders of documents, the number of addresses not told yet, and the text of the mail."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.page("notice", news=notices.notice_page(self.event) if self.event.is_off else None)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        try:
            count = notices.notify(event=self.event, actor=self.actor)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            words = ngettext("%(count)s mail is on its way.", "%(count)s mails are on their way.", count)
            words = words % {"count": count} if count else _("Everybody has been told already.")
            messages.success(request, words)
        return redirect("documents:notice", self.event.slug)
