"""Ten letters that cannot be made, among many others."""

import pytest

from accounts.models import User
from documents.models import Document
from jobs import services
from jobs.models import WAITING, OutgoingMail, State
from tests.faults.poisoned import POISONS, SETTINGS, actual_codes, expected_codes, poison
from tests.faults.programs import Worker
from tests.faults.sums import assert_nothing_is_lost
from tests.faults.world import World, address

FRAIL = {"DJANGO_SETTINGS_MODULE": SETTINGS, "WORKER_MEMORY_MB": "512"}


def take_back_what_has_no_room(officer: User) -> None:
    """Cancel the documents that wait for disk space. They would continue, but the secretariat may cancel them."""
    for document in Document.objects.filter(state=State.QUEUED, error_code="no_room"):
        services.abort(job=document, actor=officer)


@pytest.mark.scenario("ten poisoned letters", 110)
def test_ten_poisoned_letters_end_with_their_reasons_and_all_others_are_made(world: World) -> None:
    letters = world.planned()
    poisoned = poison(letters, POISONS)
    refused = next(letter for letter in letters if letter not in poisoned.values())
    world.mailbox.unknown.add(address(refused))
    world.programs.start(Worker("letters,bulk", 2, FRAIL), Worker("mail,mailings", 1))
    world.until(lambda: set(Document.objects.filter(state__in=WAITING)) <= {poisoned["disk full"]})
    world.until(lambda: Document.objects.filter(pk=poisoned["disk full"].pk, state=State.QUEUED).exists())
    take_back_what_has_no_room(world.officer)

    sums = world.finish()

    assert_nothing_is_lost(
        sums, letters=world.letters, failed=len(POISONS), mails=world.letters - len(POISONS), refused=1
    )
    assert actual_codes(poisoned) == expected_codes(poisoned)
    assert OutgoingMail.objects.get(to=address(refused)).reason == "550 No such person"
