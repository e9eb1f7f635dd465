"""From the personal link to the delegation: the link, its page, the answer, and becoming coordinator.

Opening the link only stores its invitation in the session and redirects, so that no URL with the token is
shown, stored or forwarded. It changes nothing else, because mail filters open links too.
"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import limits, sign_in
from accounts.models import User
from accounts.requests import SignedInRequest
from registration import links, rules, services
from registration.forms import AddressForm
from registration.models import Delegation, Invitation
from registration.views.answers import delegation_of, give_answer, invitation_page

SESSION_KEY = "invitation"
TOO_MANY_CODES = gettext_lazy("Too many codes were asked for. Try again later, or write to the secretariat.")
ASKED_PER_DELEGATION = (10, 24 * 3600)  # requests to coordinate one delegation per number of seconds
LINKS_PER_ADDRESS = (120, 600)  # opened links per number of seconds; a parliament may share one IP address


@never_cache
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Store the invitation of the token in the session and redirect to a URL without the token."""
    if not limits.allow("link", limits.client_address(request), LINKS_PER_ADDRESS):
        return without_referrer(render(request, "429.html", status=429))
    if (invitation := links.find(token)) is None:
        return invalid_link_page(request)
    request.session[SESSION_KEY] = {"pk": invitation.pk, "version": invitation.token_version}
    clean = reverse("registration:invitation")
    return without_referrer(HttpResponse(status=303, headers={"Location": clean}))


def invalid_link_page(request: HttpRequest) -> HttpResponse:
    """The same answer for a forged, a replaced and a missing link."""
    return without_referrer(render(request, "registration/link_refused.html", status=404))


def without_referrer(response: HttpResponse) -> HttpResponse:
    """Tell the browser not to send this URL, which may contain a token, to any other page."""
    response["Referrer-Policy"] = "no-referrer"
    return response


def invitation_in_session(request: HttpRequest) -> Invitation | None:
    """The invitation whose link this browser opened; None if the link was replaced or revoked since then."""
    entry = request.session.get(SESSION_KEY, {})
    found = Invitation.objects.filter(pk=entry.get("pk"), token_version=entry.get("version"))
    return found.with_parliament().prefetch_related("event__windows", "event__extensions").first()


class InvitationPage(View):
    """The invitation and its deadlines; a form for an e-mail address starts the registration."""

    def get(self, request: HttpRequest) -> HttpResponse:
        invitation = invitation_in_session(request)
        return link_page(request, invitation) if invitation else invalid_link_page(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        if (invitation := invitation_in_session(request)) is None:
            return invalid_link_page(request)
        form = AddressForm(request.POST)
        if services.takes_answers(invitation) and request.user.is_authenticated:
            return self.continue_signed_in(request, invitation)
        if services.takes_answers(invitation) and form.is_valid() and self.start(request, invitation, form):
            query = urlencode({"next": reverse("registration:claim")})
            return redirect(f"{reverse('account_confirm_login_code')}?{query}")
        return link_page(request, invitation, form=form)

    def continue_signed_in(self, request: HttpRequest, invitation: Invitation) -> HttpResponse:
        """Continue without a code: a signed-in user has proved an address already."""
        services.open_invitation(invitation=invitation)
        remember_claim(request, request.user.pk)
        return redirect("registration:claim")

    def start(self, request: HttpRequest, invitation: Invitation, form: AddressForm) -> bool:
        """Send a code; if that fails, the form or a message gives the reason."""
        try:
            user = self.send_code(request, invitation, form.cleaned_data["email"])
        except sign_in.TooManyCodes:
            form.add_error("email", TOO_MANY_CODES)
            return False
        except sign_in.CodeNotSent:
            return False
        remember_claim(request, user.pk if user else None)
        return True

    def send_code(self, request: HttpRequest, invitation: Invitation, email: str) -> User | None:
        if not limits.allow("invitation", invitation.pk, settings.LINK_LIMIT):
            raise sign_in.TooManyCodes
        services.open_invitation(invitation=invitation)
        return sign_in.send_code(request, email)


def link_page(request: HttpRequest, invitation: Invitation, **context: Any) -> HttpResponse:
    context = {"form": AddressForm(), "answer_url": reverse("registration:answer")} | context
    return invitation_page(request, "registration/invitation.html", invitation, **context)


@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Accept or decline as a user of the link; only coordinators may, once there are any."""
    if (invitation := invitation_in_session(request)) is None:
        return invalid_link_page(request)
    if form := give_answer(request, invitation):
        return link_page(request, invitation, answer_form=form)
    return redirect("registration:invitation")


def remember_claim(request: HttpRequest, user_pk: int | None) -> None:
    """Store in the session who asked to coordinate, before the code proves their address."""
    request.session[SESSION_KEY] = request.session[SESSION_KEY] | {"claimant": user_pk}


@login_required
@require_safe
def claim(request: SignedInRequest) -> HttpResponse:
    """Make the signed-in user the coordinator, as they asked by POST before the code.

    This is a GET request because signing in ends with a redirect. It is safe: it does nothing without the
    entry that the POST left in this session for this user, and a second call changes nothing.
    """
    invitation = invitation_in_session(request)
    if invitation is None or request.session[SESSION_KEY].get("claimant") != request.user.pk:
        return redirect("registration:invitation")
    user, language = request.user, get_language() or "en"
    try:
        return redirect(services.claim_delegation(invitation=invitation, user=user, language=language))
    except rules.Refused as refusal:
        return claim_refused(request, refusal)


def claim_refused(request: SignedInRequest, refusal: rules.Refused) -> HttpResponse:
    """Show who coordinates already, that the invitation was declined, or that the link is invalid."""
    if isinstance(refusal, rules.AlreadyCoordinated):
        context = {"delegation": refusal.delegation}
        return render(request, "registration/coordinated.html", context, status=409)
    if isinstance(refusal, rules.InvitationDeclined):
        messages.error(request, str(refusal))
        return redirect("registration:invitation")
    return invalid_link_page(request)


@login_required
@require_POST
def ask(request: SignedInRequest) -> HttpResponse:
    """Ask the coordinators to become one of them; their mail contains only the user's proved address."""
    invitation = invitation_in_session(request)
    delegation = delegation_of(invitation) if invitation else None
    if delegation is None or not delegation.coordinators.all():
        return redirect("registration:invitation")
    if not limits.allow("ask", delegation.pk, ASKED_PER_DELEGATION):
        return render(request, "429.html", status=429)
    return redirect(delegation) if ask_to_join(request, delegation) else redirect("registration:desk")


def ask_to_join(request: SignedInRequest, delegation: Delegation) -> bool:
    """Send the request; True if the user coordinates now or did so already."""
    try:
        joined = services.ask_to_join(delegation=delegation, user=request.user)
    except rules.CoordinatesAlready:
        return True
    if not joined:
        sentence = _("We have asked the coordinator. You are told by e-mail when the answer is yes.")
        messages.success(request, sentence)
    return joined
