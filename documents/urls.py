from django.urls import URLPattern, URLResolver, include, path

from documents.views import batches, delegations, desk, downloads, orders

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
    *(
        path(f"{page.address}/", orders.Order.as_view(kind=kind), name=page.name)
        for kind, page in orders.ORDER_PAGES.items()
    ),
    path("publish/<slug:kind>/", desk.Publish.as_view(), name="publish"),
    path("batches/<int:pk>/", include(of_batch)),
]

urlpatterns = [
    path("desk/events/<slug:slug>/documents/", include(of_event)),
    path("desk/delegations/<int:pk>/list.pdf", delegations.own_list, name="delegation"),
    path("desk/documents/<int:pk>/", downloads.download, name="download"),
]
