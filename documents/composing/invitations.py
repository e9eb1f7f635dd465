"""Compose invitation letters: one for each invited body, or the collective letter."""

from collections.abc import Iterable
from functools import partial

from django.db.models import QuerySet

from accounts.language import LANGUAGE_CODES
from documents.composing.addressing import addressees
from documents.composing.letters import Letters
from documents.composing.orders import Draft, Order
from documents.models import Batch
from events.models import Organisation
from registration.models import Invitation


def invitations(order: Order) -> list[Draft]:
    """Return a letter for each organisation, or each chamber, in each language of the order.

    Raises NothingToWrite.
    """
    template = order.require_template()
    letters = {language: Letters(template, language, order.date) for language in LANGUAGE_CODES}
    own = dict(Invitation.objects.filter(event=order.event).values_list("organisation", "language"))
    each = order.chambers == Batch.Chambers.EACH
    return [
        Draft(
            addressee.subject,
            language,
            organisation=addressee.organisation,
            template_version=template.version,
        ).with_paper(partial(letters[language].letter_to, addressee))
        for organisation in _with_officers(order.organisations)
        for addressee in addressees(organisation, each_chamber=each)
        for language in order.languages_for(own.get(organisation.pk, ""))
    ]


def collective_letters(order: Order) -> list[Draft]:
    """Return the collective letter in each language of the order. Raises NothingToWrite."""
    template = order.require_template()
    return [
        Draft("", language, template_version=template.version).with_paper(
            Letters(template, language, order.date).collective_letter
        )
        for language in order.languages_for()
    ]


def _with_officers(organisations: QuerySet[Organisation]) -> Iterable[Organisation]:
    """Return the organisations with their presiding officers, sorted by code."""
    with_parliament = organisations.select_related("parliament")
    return with_parliament.prefetch_related("parliament__presiding_officers").order_by("code")
