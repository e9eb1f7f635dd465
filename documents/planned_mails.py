"""Find which letters go to which addresses, and why a parliament gets none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from accounts.language import LANGUAGE_CODES
from documents.models import Delivery, Document, Kind
from events.models import Event, Organisation
from jobs.models import State
from registration.models import Contact, Invitation

BOTH = "both"


class Languages(TextChoices):
    """The language of the mail to a parliament: its own, or both languages in one mail."""

    OWN = "own", pgettext_lazy("letter", "each in its own language")
    BOTH = "both", pgettext_lazy("letter", "both languages in one mail")


class Problem(TextChoices):
    """Why no mail is written to a parliament."""

    OFF = "off", pgettext_lazy("why no letter is sent", "the event is cancelled or postponed")
    REVOKED = "revoked", pgettext_lazy("why no letter is sent", "the personal link is revoked")
    DECLINED = "declined", pgettext_lazy("why no letter is sent", "the invitation has been declined")
    NO_LETTER = "no-letter", pgettext_lazy("why no letter is sent", "there is no letter in its language")
    MAKING = "making", pgettext_lazy("why no letter is sent", "the letter is being made")
    NO_CONTACT = "no-contact", pgettext_lazy("why no letter is sent", "no address is known")
    REVIEW = "review", pgettext_lazy("why no letter is sent", "the mail is in the review queue already")
    SENT = "sent", pgettext_lazy("why no letter is sent", "the letter has been sent")


@dataclass(frozen=True, slots=True)
class PlannedMails:
    """One invitation with its letters and the contacts that have not got them yet, or with the problem."""

    invitation: Invitation
    language: str  # en, es or both
    documents: tuple[Document, ...] = ()
    contacts: tuple[Contact, ...] = ()
    problem: Problem | None = None

    @property
    def organisation(self) -> Organisation:
        return self.invitation.organisation


@dataclass(frozen=True, slots=True)
class MailedAddresses:
    """The addresses to which a document was mailed (`released`) or has a draft mail (`drafts`), in lower case."""

    drafts: frozenset[str] = frozenset()
    released: frozenset[str] = frozenset()

    def includes(self, contact: Contact) -> bool:
        """Return True if the contact has a mail with the document.

        An empty address means that the address of an old mail was deleted. It may have been any contact, so it
        counts for all.
        """
        return bool({contact.email.lower(), ""} & (self.drafts | self.released))


def plan_mails(event: Event, languages: str = Languages.OWN) -> list[PlannedMails]:
    """Return what would be written now to each invited parliament, sorted by code.

    The function makes four queries and changes nothing.
    """
    letters = _letters_by_organisation(event)
    mailed = _mailed_addresses(event)
    invitations = (
        event.invitations.select_related("organisation__parliament")
        .prefetch_related("organisation__parliament__contacts")
        .order_by("organisation__code")
    )
    planned = []
    for invitation in invitations:
        invitation.event = event
        language = BOTH if languages == Languages.BOTH else invitation.language
        planned.append(_plan_mails_of(invitation, language, letters[invitation.organisation_id], mailed))
    return planned


def languages_of(language: str) -> tuple[str, ...]:
    """Return the language codes for "en", "es" or "both"."""
    return tuple(LANGUAGE_CODES) if language == BOTH else (language,)


def contacts_of(invitation: Invitation) -> tuple[Contact, ...]:
    """Return the contacts of the parliament, without repeated addresses."""
    parliament = getattr(invitation.organisation, "parliament", None)
    contacts = parliament.contacts.all() if parliament else ()
    return tuple({contact.email.lower(): contact for contact in contacts}.values())


def _plan_mails_of(
    invitation: Invitation, language: str, letters: Iterable[Document], mailed: Mapping[int, MailedAddresses]
) -> PlannedMails:
    """Return the letters and contacts of one invitation, or its problem.

    If two languages are asked for, the mail waits until both letters are ready.
    """
    wanted = [letter for letter in letters if letter.language in languages_of(language)]
    ready = tuple(letter for letter in wanted if letter.state == State.DONE)
    if problem := _problem(invitation, language, ready, len(wanted) - len(ready)):
        return PlannedMails(invitation, language, ready, problem=problem)
    contacts = contacts_of(invitation)
    addresses = [mailed.get(letter.pk, MailedAddresses()) for letter in ready]
    new = tuple(
        contact for contact in contacts if not all(mailed_to.includes(contact) for mailed_to in addresses)
    )
    if not contacts:
        return PlannedMails(invitation, language, ready, problem=Problem.NO_CONTACT)
    if not new:
        in_review = any(mailed_to.drafts for mailed_to in addresses)
        problem = Problem.REVIEW if in_review else Problem.SENT
        return PlannedMails(invitation, language, ready, contacts, problem)
    return PlannedMails(invitation, language, ready, new)


def _problem(
    invitation: Invitation, language: str, ready: tuple[Document, ...], waiting: int
) -> Problem | None:
    if invitation.event.is_off:
        return Problem.OFF
    if invitation.is_revoked:
        return Problem.REVOKED
    if invitation.state == Invitation.State.DECLINED:
        return Problem.DECLINED
    if waiting:
        return Problem.MAKING
    lacking = set(languages_of(language)) - {letter.language for letter in ready}
    return Problem.NO_LETTER if lacking else None


def _letters_by_organisation(event: Event) -> dict[int, list[Document]]:
    """Return the invitation letters that are valid or being made, by organisation. Replaced letters are left out."""
    by_organisation: dict[int, list[Document]] = defaultdict(list)
    expected = event.documents.expected().of_kind(Kind.INVITATION)
    for letter in expected.defer("snapshot").order_by("subject", "language", "pk"):
        if letter.organisation_id:
            by_organisation[letter.organisation_id].append(letter)
    return by_organisation


def _mailed_addresses(event: Event) -> dict[int, MailedAddresses]:
    drafts: dict[int, set[str]] = defaultdict(set)
    released: dict[int, set[str]] = defaultdict(set)
    rows = Delivery.objects.live().filter(document__event=event)
    for document, to, state in rows.values_list("document", "mail__to", "mail__state"):
        (drafts if state == State.DRAFT else released)[document].add(to.lower())
    return {
        pk: MailedAddresses(frozenset(drafts[pk]), frozenset(released[pk])) for pk in {*drafts, *released}
    }
