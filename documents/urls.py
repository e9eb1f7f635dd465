from django.urls import URLPattern, URLResolver, include, path

from documents.views import batches, delegations, desk, downloads

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

of_event: list[URLPattern | URLResolver] = [
    path("", desk.Desk.as_view(), name="desk"),
    path("letters/", desk.Order.as_view(), name="order"),
    path("collective-letter/", desk.CollectiveOrder.as_view(), name="order-collective"),
    path("aide-memoire/", desk.AideMemoireOrder.as_view(), name="order-aide-memoire"),
    path("batches/<int:pk>/", include(of_batch)),
]

urlpatterns = [
    path("desk/events/<slug:slug>/documents/", include(of_event)),
    path("desk/delegations/<int:pk>/list.pdf", delegations.own_list, name="delegation"),
    path("desk/documents/<int:pk>/", downloads.download, name="download"),
]
