from django.urls import URLPattern, URLResolver, include, path

from documents.pages.ordering import ORDER_PAGES
from documents.views import (
    batches,
    delegations,
    desk,
    downloads,
    notices,
    orders,
    people,
    review,
    stale,
    tracker,
)

app_name = "documents"

of_batch: list[URLPattern | URLResolver] = [
    path("", batches.BatchPage.as_view(), name="batch"),
    path("progress/", batches.Progress.as_view(), name="progress"),
    path("zip/", batches.Archive.as_view(), name="zip"),
    path("merged/", batches.Merged.as_view(), name="merged"),
    path("retry/", batches.Retry.as_view(), name="retry-failed"),
    path("retry/<int:document>/", batches.RetryDocument.as_view(), name="retry"),
    path("cancel/", batches.Cancel.as_view(), name="cancel"),
]

of_parliament: list[URLPattern | URLResolver] = [
    path("", tracker.ParliamentLetters.as_view(), name="parliament"),
    path("reissue/", stale.Reissue.as_view(), name="reissue"),
    path("again/", tracker.Resend.as_view(), name="resend"),
    path("void/<int:pk>/", tracker.VoidLetter.as_view(), name="void"),
    path("returned/<int:pk>/", tracker.Bounce.as_view(), name="bounce"),
    path("retry/<int:pk>/", tracker.TryAgain.as_view(), name="retry-mail"),
]

of_event: list[URLPattern | URLResolver] = [
    path("", desk.Desk.as_view(), name="desk"),
    *(
        path(f"{page.address}/", orders.Order.as_view(kind=kind), name=page.name)
        for kind, page in ORDER_PAGES.items()
    ),
    path("begin/<slug:kind>/", desk.Begin.as_view(), name="begin-template"),
    path("publish/<slug:kind>/", desk.Publish.as_view(), name="publish"),
    path("batches/<int:pk>/", include(of_batch)),
    path("sending/", tracker.Tracker.as_view(), name="tracker"),
    path("sending/review/", review.Review.as_view(), name="review"),
    path("notice/", notices.Notice.as_view(), name="notice"),
    path("stale/", stale.StaleDocuments.as_view(), name="stale"),
    path("sending/mails/<int:pk>/", review.ReviewedMail.as_view(), name="mail"),
    path("sending/to/<slug:code>/", include(of_parliament)),
]

urlpatterns = [
    path("desk/events/<slug:slug>/documents/", include(of_event)),
    path("desk/delegations/<int:pk>/list.pdf", delegations.own_list, name="delegation"),
    path("desk/delegations/<int:pk>/letters/", people.PapersPage.as_view(), name="of-delegation"),
    path("desk/delegations/<int:pk>/letters/<slug:kind>/", people.AskForPaper.as_view(), name="ask"),
    path("desk/documents/<int:pk>/", downloads.download, name="download"),
]
