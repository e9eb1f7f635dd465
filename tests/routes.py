"""The expected answer at every URL for every role.

An answer is one word: `page` (200), `moved` (a redirect), `sign-in` (a redirect to the sign-in page), `missing` (404:
not allowed or not there), `refused` (405: the method is not allowed).
"""

from dataclasses import dataclass

ROLES = ("visitor", "stranger", "coordinator", "organiser", "officer")
EVERYBODY = ("page",) * 5
NOBODY = ("missing",) * 5


@dataclass(frozen=True)
class Route:
    """One URL: the values of the world that it needs, and the answer for each of ROLES."""

    name: str
    answers: tuple[str, ...]
    needs: tuple[str, ...] = ()
    method: str = "get"
    note: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.method, self.name, self.note)))


def signed_in(stranger: str, coordinator: str, organiser: str, officer: str) -> tuple[str, ...]:
    return ("sign-in", stranger, coordinator, organiser, officer)


TEAM = signed_in("missing", "missing", "page", "page")
OFFICE = signed_in("missing", "missing", "missing", "page")
TEAM_MOVES = signed_in("missing", "missing", "moved", "moved")
OF_DELEGATION = signed_in("missing", "page", "missing", "page")
NOT_OF_DELEGATION = signed_in(*("missing",) * 4)
PERSONAL = signed_in("page", "page", "page", "page")
EVENT = ("event",)
BATCH = ("event", "batch")
DRAFT = ("draft",)

ROUTES = [
    Route("front-door", ("moved",) * 5),
    Route("health", ("503",) * 5, note="without Redis"),
    Route("sitemap", EVERYBODY),
    Route("robots", EVERYBODY),
    Route("demo-mail", NOBODY),
    Route("demo-mail-message", NOBODY, ("mail",)),
    Route("demo-mail-file", NOBODY, ("mail", "enclosed")),
    Route("verify", EVERYBODY),
    Route("verify-code", EVERYBODY, ("code",)),
    Route("verify-code", NOBODY, ("wrong_code",), note="of nothing"),
    Route("verify-copy", EVERYBODY, ("code",), "post"),
    Route("verify-copy", NOBODY, ("wrong_code",), "post", note="of nothing"),
    Route("pages:privacy", EVERYBODY),
    Route("pages:accessibility", EVERYBODY),
    Route("pages:contact", EVERYBODY),
    Route("after-sign-in", signed_in(*("moved",) * 4)),
    Route("events:home", EVERYBODY),
    Route("events:list", EVERYBODY),
    Route("events:detail", EVERYBODY, EVENT),
    Route("events:detail", ("missing", "missing", "missing", "page", "page"), DRAFT, note="of a draft"),
    Route("events:calendar", EVERYBODY, EVENT),
    Route("events:calendar", ("missing", "missing", "missing", "page", "page"), DRAFT, note="of a draft"),
    Route("attachments:download", EVERYBODY, ("event", "public_file"), note="public"),
    Route(
        "attachments:download",
        signed_in("missing", "page", "page", "page"),
        ("event", "delegates_file"),
        note="for delegations",
    ),
    Route(
        "attachments:download",
        signed_in("missing", "missing", "missing", "page"),
        ("event", "secretariat_file"),
        note="of the secretariat",
    ),
    Route("attachments:download", signed_in(*("missing",) * 4), ("event", "no_file"), note="of nothing"),
    Route("registration:link", ("moved",) * 5, ("token",)),
    Route("registration:link", NOBODY, ("wrong_token",), note="forged"),
    Route("registration:invitation", NOBODY, note="without a link"),
    Route("registration:claim", signed_in(*("moved",) * 4), note="without a link"),
    Route("registration:answer", NOBODY, method="post", note="without a link"),
    Route("registration:ask", signed_in(*("moved",) * 4), method="post", note="without a link"),
    Route("registration:lost-link", EVERYBODY, EVENT),
    Route("registration:lost-link", NOBODY, DRAFT, note="of a draft"),
    Route("registration:own-invitation", signed_in("missing", "page", "missing", "page"), ("invitation",)),
    Route("registration:begin", signed_in(*("missing",) * 4), ("invitation",), "post", note="not offered"),
    Route("registration:join", signed_in(*("moved",) * 4), ("candidate",), "post"),
    Route("registration:refuse", signed_in(*("moved",) * 4), ("candidate",), "post"),
    Route("registration:coordinators", signed_in("missing", "page", "missing", "page"), ("delegation",)),
    *(
        Route(f"registration:{verb}", signed_in("missing", "moved", "missing", "moved"), needs, "post")
        for verb, needs in {
            "coordinator_hand_over": ("delegation", "person_of_it"),
            "coordinator_remove": ("delegation", "person_of_it"),
            "candidate_admit": ("delegation", "candidate"),
            "candidate_dismiss": ("delegation", "candidate"),
        }.items()
    ),
    Route("registration:desk", PERSONAL),
    Route("registration:delegation", signed_in("missing", "page", "missing", "page"), ("delegation",)),
    Route("registration:details", OF_DELEGATION, ("delegation",)),
    Route("registration:documents", OF_DELEGATION, ("delegation",)),
    Route("registration:upload_delegation", OF_DELEGATION, ("delegation", "nomination")),
    Route("registration:upload_person", OF_DELEGATION, ("delegation", "portrait")),
    Route("registration:upload", OF_DELEGATION, ("delegation", "kept_portrait")),
    Route("registration:upload", NOT_OF_DELEGATION, ("delegation", "other_portrait"), note="of another"),
    *(
        Route(
            name, signed_in("missing", "moved", "missing", "moved"), ("delegation", "kept_portrait"), "post"
        )
        for name in ("registration:upload_remove", "registration:upload_restore")
    ),
    Route("registration:check", OF_DELEGATION, ("delegation",)),
    Route("registration:privacy", OF_DELEGATION, ("delegation",)),
    Route("registration:withdraw", OF_DELEGATION, ("delegation",)),
    Route("registration:reopen", signed_in("missing", "moved", "missing", "moved"), ("delegation",), "post"),
    Route("registration:people", OF_DELEGATION, ("delegation",)),
    Route("registration:person_add", OF_DELEGATION, ("delegation",)),
    Route("registration:person", OF_DELEGATION, ("delegation", "participant")),
    Route(
        "registration:person",
        signed_in(*("missing",) * 4),
        ("delegation", "other_participant"),
        note="of others",
    ),
    Route("registration:substitute", OF_DELEGATION, ("delegation", "registered")),
    Route("registration:late", OF_DELEGATION, ("delegation",)),
    Route("registration:requests", OF_DELEGATION, ("delegation",)),
    Route("registration:request_add", OF_DELEGATION, ("delegation",)),
    Route(
        "registration:request_take_back",
        signed_in("missing", "moved", "missing", "moved"),
        ("delegation", "change_request"),
        "post",
    ),
    Route("registration:sheet", OF_DELEGATION, ("delegation",)),
    Route("registration:sheet_upload", OF_DELEGATION, ("delegation",)),
    Route("registration:own_sheet", OF_DELEGATION, ("delegation",)),
    Route("registration:travel", OF_DELEGATION, ("delegation",)),
    Route("registration:person_travel", OF_DELEGATION, ("delegation", "participant")),
    Route("documents:delegation", OF_DELEGATION, ("delegation",)),
    Route("documents:of-delegation", OF_DELEGATION, ("delegation",)),
    Route(
        "documents:ask",
        signed_in("missing", "moved", "missing", "moved"),
        ("delegation", "confirmation"),
        "post",
    ),
    Route("registration:figures", TEAM, EVENT),
    Route("registration:figures_download", TEAM, ("event", "csv")),
    Route("documents:desk", TEAM, EVENT),
    Route("documents:order", TEAM, EVENT),
    Route("documents:order-collective", TEAM, EVENT),
    Route("documents:order-aide-memoire", TEAM, EVENT),
    Route("documents:order-programme", TEAM, EVENT),
    Route("documents:order-agenda", TEAM, EVENT),
    Route("documents:order-practical-note", TEAM, EVENT),
    Route("documents:order-confirmations", OFFICE, EVENT),
    Route("documents:order-person-confirmations", OFFICE, EVENT),
    Route("documents:order-visa-letters", OFFICE, EVENT),
    Route("documents:order-certificates", OFFICE, EVENT),
    Route(
        "documents:begin-template",
        signed_in("missing", "missing", "missing", "moved"),
        ("event", "confirmation"),
        "post",
    ),
    Route("documents:batch", OFFICE, ("event", "private_batch"), note="of private documents"),
    Route("documents:zip", OFFICE, ("event", "private_batch"), note="of private documents"),
    Route("documents:order-participants", TEAM, EVENT),
    Route("documents:order-badges", TEAM, EVENT),
    Route("documents:publish", TEAM_MOVES, ("event", "kind"), "post"),
    Route("documents:batch", TEAM, BATCH),
    Route("documents:progress", TEAM, BATCH),
    Route("documents:zip", TEAM, BATCH),
    Route("documents:merged", TEAM, BATCH),
    Route("documents:retry-failed", TEAM_MOVES, BATCH, "post"),
    Route("documents:retry", TEAM_MOVES, (*BATCH, "failed_document"), "post"),
    Route("documents:cancel", TEAM_MOVES, BATCH, "post"),
    Route("documents:tracker", TEAM, EVENT),
    Route("documents:review", TEAM, EVENT),
    Route("documents:mail", TEAM, ("event", "letter_mail")),
    Route("documents:parliament", TEAM, ("event", "parliament")),
    Route("documents:resend", TEAM, ("event", "parliament")),
    Route("documents:reissue", TEAM, ("event", "parliament")),
    Route("documents:stale", TEAM, EVENT),
    Route("documents:notice", TEAM, EVENT),
    Route("documents:void", TEAM, ("event", "parliament", "document")),
    Route("documents:bounce", TEAM, ("event", "parliament", "letter_mail")),
    Route("documents:retry-mail", TEAM_MOVES, ("event", "parliament", "letter_mail"), "post"),
    Route(
        "documents:download", signed_in("missing", "page", "page", "page"), ("document",), note="own letter"
    ),
    Route(
        "documents:download",
        signed_in("missing", "missing", "page", "page"),
        ("other_document",),
        note="another's letter",
    ),
    Route(
        "documents:download",
        signed_in("missing", "page", "missing", "page"),
        ("visa_letter",),
        note="own visa-support letter",
    ),
    Route(
        "documents:download",
        signed_in("missing", "missing", "missing", "page"),
        ("other_visa_letter",),
        note="another's visa-support letter",
    ),
]

# allauth's pages that visitors may open. All others redirect visitors to the sign-in page.
OPEN_ACCOUNT_PAGES = {
    "account_login",
    "account_inactive",
    "account_signup",
    "account_email_verification_sent",
    "account_reset_password",
    "account_confirm_login_code",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_reset_password_done",
    "account_request_login_code",
    "account_logout",
    "mfa_authenticate",
}
PERSONAL_ACCOUNT_PAGES = {
    "account_reauthenticate",
    "account_email",
    "account_change_password",
    "account_set_password",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
}
