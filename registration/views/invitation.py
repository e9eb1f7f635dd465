"""From the personal link to the delegation: the link, the page behind it, and taking charge.

The link is exchanged at once for an entry in the browser's session, so that the token stands in no address that
is shown, stored or sent on. Opening it changes nothing else: mail filters open links too.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import limits, sign_in
from accounts.models import User
from accounts.requests import SignedInRequest
from registration import links, rules, services
from registration.deadlines import Deadline
from registration.forms import AddressForm
from registration.models import Delegation, Invitation

SESSION_KEY = "invitation"
TOO_MANY_CODES = gettext_lazy("Too many codes were asked for. Try again later, or write to the secretariat.")
LINKS_PER_ADDRESS = (120, 600)  # openings of links in seconds; a whole parliament may share one address


@never_cache
@require_safe
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange the token for an entry in the session and go on to the clean address."""
    if not limits.allow("link", limits.client_address(request), LINKS_PER_ADDRESS):
        return without_referrer(render(request, "429.html", status=429))
    if (invitation := links.find(token)) is None:
        return refused(request)
    request.session[SESSION_KEY] = {"pk": invitation.pk, "version": invitation.token_version}
    clean = reverse("registration:invitation")
    return without_referrer(HttpResponse(status=303, headers={"Location": clean}))


def refused(request: HttpRequest) -> HttpResponse:
    """The same answer for a forged, a replaced and a missing link."""
    return without_referrer(render(request, "registration/link_refused.html", status=404))


def without_referrer(response: HttpResponse) -> HttpResponse:
    """No page that is opened from here learns the address, in which a token may stand."""
    response["Referrer-Policy"] = "no-referrer"
    return response


def opened(request: HttpRequest) -> Invitation | None:
    """The invitation whose link this browser opened, unless the link has been replaced since."""
    entry = request.session.get(SESSION_KEY, {})
    found = Invitation.objects.filter(pk=entry.get("pk"), token_version=entry.get("version"))
    return found.with_parliament().prefetch_related("event__windows").first()


class InvitationPage(View):
    """Who is invited to what and until when; the first answer to it starts the registration."""

    def get(self, request: HttpRequest) -> HttpResponse:
        invitation = opened(request)
        return self.page(request, invitation, AddressForm()) if invitation else refused(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        if (invitation := opened(request)) is None:
            return refused(request)
        form = AddressForm(request.POST)
        if takes_answers(invitation) and request.user.is_authenticated:
            return self.go_on(request, invitation)
        if takes_answers(invitation) and form.is_valid() and self.start(request, invitation, form):
            query = urlencode({"next": reverse("registration:claim")})
            return redirect(f"{reverse('account_confirm_login_code')}?{query}")
        return self.page(request, invitation, form)

    def go_on(self, request: HttpRequest, invitation: Invitation) -> HttpResponse:
        """Whoever is signed in already has proved an address."""
        services.open_invitation(invitation=invitation)
        promise(request, request.user.pk)
        return redirect("registration:claim")

    def start(self, request: HttpRequest, invitation: Invitation, form: AddressForm) -> bool:
        """Send a code; without one the form or a message says why."""
        try:
            user = self.send_code(request, invitation, form.cleaned_data["email"])
        except sign_in.TooManyCodes:
            form.add_error("email", TOO_MANY_CODES)
            return False
        except sign_in.CodeNotSent:
            return False
        promise(request, user.pk if user else None)
        return True

    def send_code(self, request: HttpRequest, invitation: Invitation, email: str) -> User | None:
        if not limits.allow("invitation", invitation.pk, settings.LINK_LIMIT):
            raise sign_in.TooManyCodes
        services.open_invitation(invitation=invitation)
        return sign_in.send_code(request, email)

    def page(self, request: HttpRequest, invitation: Invitation, form: AddressForm) -> HttpResponse:
        context = {
            "invitation": invitation,
            "event": invitation.event,
            "deadline": Deadline.of(invitation.event, timezone.now(), invitation.organisation),
            "own": own_delegation(request, invitation),
            "takes_answers": takes_answers(invitation),
            "form": form,
        }
        return render(request, "registration/invitation.html", context)


def takes_answers(invitation: Invitation) -> bool:
    """False while the event is off, and once it is over."""
    return not rules.is_off(invitation.event) and not invitation.event.is_over


def own_delegation(request: HttpRequest, invitation: Invitation) -> Delegation | None:
    """The delegation that the invitation asks for, when the signed-in person coordinates it already."""
    own = Delegation.objects.of_coordinator(request.user)
    return own.filter(event=invitation.event_id, organisation=invitation.organisation_id).first()


def promise(request: HttpRequest, user_pk: int | None) -> None:
    """Note in the session who asked to take charge, before the code proves that they are who they say."""
    request.session[SESSION_KEY] = request.session[SESSION_KEY] | {"claimant": user_pk}


@login_required
@require_safe
def claim(request: SignedInRequest) -> HttpResponse:
    """Make the signed-in person the coordinator, as they asked by POST before the code.

    Reached by GET because signing in ends in a redirect. That is safe: without the note that the POST left in
    this session for this very person it does nothing, and doing it twice changes nothing.
    """
    invitation = opened(request)
    if invitation is None or request.session[SESSION_KEY].get("claimant") != request.user.pk:
        return redirect("registration:invitation")
    user, language = request.user, get_language() or "en"
    try:
        return redirect(services.claim_delegation(invitation=invitation, user=user, language=language))
    except rules.AlreadyCoordinated as error:
        return render(request, "registration/coordinated.html", {"delegation": error.delegation}, status=409)
    except rules.LinkReplaced:
        return refused(request)
