"""The images of a paper, from memory: the renderer reaches no network and no file."""

from collections.abc import Iterable

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from documents.models.images import image_name

_TYPES = {".jpg": "image/jpeg", ".svg": "image/svg+xml"}


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint tells no types
    """Serves the images given to it as `asset:NAME` and ends the rendering at any other address."""

    def __init__(self, images: Iterable[bytes]) -> None:
        # Not the parent's: it prepares for connections that are never opened, TLS included.
        self._fail_on_errors = True
        self._table = {f"asset:{image_name(image)}": image for image in images}
        self.calls = 0

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The image of that name. Raises FatalURLFetchingError, which is no Exception, for anything else."""
        self.calls += 1
        if url not in self._table:
            raise FatalURLFetchingError(url)
        return URLFetcherResponse(url, self._table[url], {"Content-Type": _TYPES[url[-4:]]})
