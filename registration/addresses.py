"""Whether an e-mail address belongs to a parliament, as far as its registered contacts tell."""

from collections.abc import Iterable

# Where anybody can have an address, by the first part of the domain: yahoo.com, yahoo.es, yahoo.com.mx.
FREE_HOSTS = frozenset(
    ("163", "aol", "gmail", "gmx", "hotmail", "icloud", "live", "outlook", "proton", "qq", "yahoo", "yandex")
)


def is_known(address: str, contacts: Iterable[str]) -> bool:
    """True for a contact's own address, and for one at a contact's domain or below it.

    To share a free mail host with a contact says nothing. Without contacts no address is known.
    """
    address, known = address.lower(), {contact.lower() for contact in contacts}
    domains = {domain for domain in map(_domain, known) if domain.partition(".")[0] not in FREE_HOSTS}
    labels = _domain(address).split(".")
    at_or_above = {".".join(labels[number:]) for number in range(len(labels))}
    return address in known or not domains.isdisjoint(at_or_above)


def _domain(address: str) -> str:
    return address.rpartition("@")[2]
