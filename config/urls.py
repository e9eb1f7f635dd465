"""All URLs. Their path contains the language, except for admin, verification, health and the demo's mail."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from config import views
from events.sitemaps import SITEMAPS

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"

urlpatterns = [
    path("", views.front_door, name="front-door"),
    path("admin/", admin.site.urls),
    path("verify/", include("documents.verification_urls")),
    path("health/", views.health, name="health"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("dev/mail/", views.demo_mail, name="demo-mail"),
    path("dev/mail/<int:number>/", views.demo_mail_message, name="demo-mail-message"),
    path("dev/mail/<int:number>/<int:file>/", views.demo_mail_file, name="demo-mail-file"),
]

pages = (
    [
        path("privacy/", views.page("privacy"), name="privacy"),
        path("accessibility/", views.page("accessibility"), name="accessibility"),
        path("contact/", views.page("contact"), name="contact"),
    ],
    "pages",
)

urlpatterns += i18n_patterns(
    path("account/", include("allauth.urls")),
    path("account/after-sign-in/", views.after_sign_in, name="after-sign-in"),
    path("", include(pages)),
    path("", include("registration.urls")),
    path("", include("documents.urls")),
    path("", include("attachments.urls")),
    path("", include("events.urls")),
)
