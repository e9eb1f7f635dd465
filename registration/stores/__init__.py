"""Where registration stores personal data. `registration/fields.py` says how long each field is kept."""

from accounts.privacy import impersonal, stores
from jobs.stores import JOB
from registration.stores.coordination import COORDINATION
from registration.stores.delegations import DELEGATIONS
from registration.stores.directory import DIRECTORY
from registration.stores.people import PEOPLE
from registration.stores.requests import REQUESTS
from registration.stores.uploads import UPLOADS

# Columns that are not personal data by themselves; `*` means all columns of the model.
IMPERSONAL = {
    "registration.participant": "status order function_language body_function_language version form_key "
    "submitted_at waitlisted_at confirmed_at attended_at purged_at erased_at",
    "registration.delegation": "group status version created_at saved_at submitted_at returned_at "
    "confirmed_at",
    "registration.invitation": "language state token_version token_hash issued_at mailed_at opened_at "
    "answered_at",
    "registration.upload": "kind content_type size checksum uploaded_at removed_at",
    "registration.changerequest": "kind state asked_at answered_at",
    "registration.candidate": "asks since",
    "registration.acceptance": "version accepted at",
    "registration.extension": "stage closes_at granted_at",
    "registration.linkrequest": f"{JOB} error_text addresses",
    "registration.parliament": "status group over_100m language",
    "registration.presidingofficer": "chamber chamber_name gender office_en office_es_f office_es_m "
    "salutation_en_f salutation_en_m salutation_es_f salutation_es_m",
    "registration.contact": "office",
    "registration.circular": "subject text recipients status group written_at version sent_at sent_to",
} | dict.fromkeys(
    (
        "registration.reminder",
        "registration.sentreminder",
        "registration.circular_mails",
        "registration.askedfield",
        "registration.declaration",
        "registration.rule",
        "registration.places",
    ),
    "*",
)


def register() -> None:
    """Add the stores of this app to the registry.

    The order matters: files come first, because their rows are deleted with the rows of people.
    """
    stores["uploads"] = UPLOADS
    stores["requests"] = REQUESTS
    stores["participants"] = PEOPLE
    stores["delegations"] = DELEGATIONS
    stores["coordination"] = COORDINATION
    stores["directory"] = DIRECTORY
    impersonal.update(IMPERSONAL)
