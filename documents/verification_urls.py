"""Addresses without a language prefix: they are printed on paper, for readers of either language."""

from django.urls import path

from documents.views import verification

urlpatterns = [
    path("", verification.verify, name="verify"),
    path("<str:code>/", verification.verify_code, name="verify-code"),
    path("<str:code>/copy/", verification.verify_copy, name="verify-copy"),
]
