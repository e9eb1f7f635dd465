"""The sitemap of the public pages, with the URL of each page in every language."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from events.models import Event, EventQuerySet


class TranslatedSitemap(Sitemap):
    """Builds URLs from SITE_URL, not from the host name of the request."""

    i18n = alternates = True

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


class PageSitemap(TranslatedSitemap):
    def items(self) -> list[str]:
        return ["events:home", "events:list", "pages:privacy", "pages:accessibility", "pages:contact"]

    def location(self, item: str) -> str:
        return reverse(item)


class EventSitemap(TranslatedSitemap):
    def items(self) -> EventQuerySet:
        return Event.objects.public().order_by("pk")


SITEMAPS = {"pages": PageSitemap, "events": EventSitemap}
