"""Give the renderer the images of a paper from memory. It can reach no network and no file."""

from collections.abc import Iterable

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from documents.models.images import image_name

_TYPES = {".jpg": "image/jpeg", ".svg": "image/svg+xml"}


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no type hints
    """Serves the given images as `asset:NAME`. Any other address ends the rendering."""

    def __init__(self, images: Iterable[bytes]) -> None:
        # The parent's __init__ is not called: it would prepare TLS connections that are never opened.
        self._fail_on_errors = True
        self._table = {f"asset:{image_name(image)}": image for image in images}
        self.calls = 0

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return the image of this name.

        Raises FatalURLFetchingError, which is not a subclass of Exception, for any other address.
        """
        self.calls += 1
        if url not in self._table:
            raise FatalURLFetchingError(url)
        return URLFetcherResponse(url, self._table[url], {"Content-Type": _TYPES[url[-4:]]})
