"""What a name may hold, what a delegation must hold, and which changes are refused."""

from registration.rules.counting import Figures, age_on, figures, months_after
from registration.rules.judging import Missing, Severity, Verdict, blocking, judge, missing
from registration.rules.names import JOINERS, tidy, tidy_lines, validate_name
from registration.rules.refusals import (
    MOST_PEOPLE,
    AlreadyCoordinated,
    EventNotHeld,
    Incomplete,
    LinkReplaced,
    PrivacyNotRead,
    ReasonMissing,
    Refused,
    TooManyPeople,
    TwoHeads,
    UnknownPerson,
    VersionChanged,
    WrongStatus,
    check_composition,
    is_off,
)

__all__ = (
    "JOINERS",
    "MOST_PEOPLE",
    "AlreadyCoordinated",
    "EventNotHeld",
    "Figures",
    "Incomplete",
    "LinkReplaced",
    "Missing",
    "PrivacyNotRead",
    "ReasonMissing",
    "Refused",
    "Severity",
    "TooManyPeople",
    "TwoHeads",
    "UnknownPerson",
    "Verdict",
    "VersionChanged",
    "WrongStatus",
    "age_on",
    "blocking",
    "check_composition",
    "figures",
    "is_off",
    "judge",
    "missing",
    "months_after",
    "tidy",
    "tidy_lines",
    "validate_name",
)
