"""Documents that no longer say what is so: what has changed in each, and new ones in their place."""

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from documents import services
from documents.forms import ReplacementForm
from documents.models import Correction, Delivery, Document
from documents.models.document import DocumentQuerySet
from documents.staleness import Change, Stale, stale
from documents.views.base import TeamView
from documents.views.tracker import Asking
from registration.rules import Refused


@dataclass(frozen=True, slots=True)
class Group:
    """Documents of one kind and language in which the same has changed."""

    title: str
    language: str
    changes: tuple[Change, ...]
    reason: str
    members: list[Stale]

    @property
    def sample(self) -> Stale:
        """The first of them, whose sentences show what has changed."""
        return self.members[0]


def grouped(found: list[Stale]) -> list[Group]:
    """The same in groups, each with one heading."""
    groups: dict[tuple[str, str, tuple[Change, ...], str], Group] = {}
    for one in found:
        document = one.document
        title = f"{document.get_kind_display()} · {document.get_language_display()}"
        key = (title, document.language, one.changes, one.reason)
        groups.setdefault(key, Group(*key, [])).members.append(one)
    return list(groups.values())


class StaleDocuments(TeamView):
    """Every document in force that would be written differently today."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self._page(ReplacementForm(self.event))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Replace those ticked, and tell whoever has the old ones."""
        form = ReplacementForm(self.event, request.POST)
        if not form.is_valid():
            return self._page(form)
        keys = [int(one) for one in request.POST.getlist("picked") if one.isascii() and one.isdigit()]
        try:
            batches = services.replace_and_notify(
                event=self.event,
                documents=self._documents().filter(pk__in=keys),
                date=form.cleaned_data["date"],
                actor=self.actor,
            )
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("documents:stale", self.event.slug)
        if batches:
            messages.success(request, _("The new documents are being made; the mails follow by themselves."))
        else:
            messages.info(request, _("Nothing had to be replaced any more."))
        return redirect("documents:stale", self.event.slug)

    def _documents(self) -> DocumentQuerySet:
        """Those of the event that the person may see."""
        return Document.objects.visible_to(self.actor).filter(event=self.event)

    def _page(self, form: ReplacementForm) -> HttpResponse:
        found = [] if self.event.is_off else stale(self._documents())
        keys = [one.document.pk for one in found]
        sent = Delivery.objects.released().filter(document__in=keys).values_list("document", flat=True)
        under_way = Correction.objects.open().filter(document__event=self.event).count()
        counts = Counter(change for one in found for change in one.changes)
        return self.page(
            "stale",
            form=form,
            groups=grouped(found),
            number=len(found),
            counts=[(change, counts[change]) for change in Change if counts[change]],
            sent=set(sent),
            under_way=under_way,
            orders=self.event.batches.waiting().count(),
        )


class Reissue(Asking):
    """New letters to one parliament, mailed once they are made."""

    template = "reissue"
    form_class = ReplacementForm

    def form(self, data: QueryDict | None = None) -> Form:
        return ReplacementForm(self.event, data)

    def act(self, form: Form) -> str:
        services.reissue(invitation=self.invitation, date=form.cleaned_data["date"], actor=self.actor)
        return _("The new letter is being made; its mail follows by itself.")
