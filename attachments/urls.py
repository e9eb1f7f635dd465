from django.urls import path

from attachments import views

app_name = "attachments"

urlpatterns = [
    path("events/<slug:slug>/files/<int:pk>/", views.download, name="download"),
]
