"""What became of a change, in a message on the next page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from registration import rules

REQUEST_SENT = gettext_lazy("Your request has been sent to the secretariat.")
NOTHING_DIFFERS = gettext_lazy("Nothing differs from what is registered.")


def tell(request: HttpRequest, act: Callable[[], str]) -> bool:
    """Do it and show the sentence that it returns, or why it was refused; whether it was done."""
    try:
        sentence = act()
    except rules.Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, sentence)
    return True
