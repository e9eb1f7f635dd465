"""After an event was cancelled or postponed: who holds its letters, and telling them."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, ngettext

from documents.services import notices
from documents.views.base import TeamView
from jobs import outbox
from registration.rules import Refused


class Notice(TeamView):
    """Who holds what, how many addresses have not been told, and the words that they get."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        if not self.event.is_off:
            return self.page("notice")
        found = notices.holders(self.event)
        kind = notices.NOTICES[notices.Status(self.event.status)]
        words = outbox.compose(
            kind, get_language() or settings.LANGUAGE_CODE, notices.about(self.event, None, None)
        )
        return self.page(
            "notice",
            holders=found,
            letters=sum(one.letters for one in found),
            without=[one for one in found if not one.recipients],
            untold=len(notices.untold(self.event, found)),
            told=len(notices.notices(self.event)),
            words=words,
        )

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        try:
            count = notices.notify(event=self.event, actor=self.actor)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            words = ngettext("%(count)s mail is on its way.", "%(count)s mails are on their way.", count)
            messages.success(request, words % {"count": count})
        return redirect("documents:notice", self.event.slug)
