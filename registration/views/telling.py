"""Messages about the result of an action, shown on the next page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from registration import rules

REQUEST_SENT = gettext_lazy("Your request has been sent to the secretariat.")
NOTHING_DIFFERS = gettext_lazy("Nothing differs from what is registered.")


def show_result(request: HttpRequest, act: Callable[[], str]) -> bool:
    """Call `act` and show the sentence that it returns, or the reason of its refusal.

    Returns False if it was refused.
    """
    try:
        sentence = act()
    except rules.Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, sentence)
    return True
