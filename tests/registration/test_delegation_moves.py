"""The table of a delegation's moves: its content, and that every service follows it."""

from functools import partial

import pytest

from registration import rules, services
from registration.models import Delegation, Participant
from tests.registration.samples import confirm, draft, end, give_back, mails, submit, verbs

pytestmark = pytest.mark.django_db

MOVES = {
    ("draft", "submitted"),
    ("draft", "withdrawn"),
    ("submitted", "confirmed"),
    ("submitted", "returned"),
    ("submitted", "rejected"),
    ("submitted", "withdrawn"),
    ("returned", "submitted"),
    ("returned", "withdrawn"),
    ("confirmed", "returned"),
    ("confirmed", "submitted"),
    ("confirmed", "rejected"),
    ("confirmed", "withdrawn"),
    ("rejected", "returned"),
    ("withdrawn", "draft"),
}


def test_every_move_outside_the_table_is_refused():
    moves = {
        (old, new)
        for old in Delegation.Status.values
        for new in Delegation.Status.values
        if Delegation(status=old).can_become(new)
    }

    assert moves == MOVES


VERBS = {
    "submitted": submit,
    "confirmed": confirm,
    "returned": give_back,
    "rejected": partial(end, services.reject_delegation, reason="Why."),
    "withdrawn": partial(end, services.withdraw_delegation),
}


@pytest.mark.parametrize("old", Delegation.Status.values)
@pytest.mark.parametrize("new", VERBS)
def test_verb_that_the_table_does_not_allow_is_explained_and_writes_nothing(old, new):
    if (old, new) in MOVES or (old, new) == ("submitted", "submitted"):
        return
    delegation = draft()
    Participant.objects.update(status="submitted")
    Delegation.objects.update(status=old)
    delegation.refresh_from_db()

    with pytest.raises(rules.WrongStatus) as refusal:
        VERBS[new](delegation)

    word = Delegation(status=old).get_status_display()
    assert str(refusal.value) == f"Nothing was changed: the status of this registration is now “{word}”."
    assert (Delegation.objects.get().version, mails(), verbs()) == (1, [], [])
