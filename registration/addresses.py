"""Does an e-mail address belong to a parliament? Its registered contacts decide."""

from collections.abc import Iterable

# Free mail hosts, by the first part of the domain: yahoo.com, yahoo.es, yahoo.com.mx.
FREE_HOSTS = frozenset(
    ("163", "aol", "gmail", "gmx", "hotmail", "icloud", "live", "outlook", "proton", "qq", "yahoo", "yandex")
)


def is_known(address: str, contacts: Iterable[str]) -> bool:
    """True for the address of a contact, and for an address in a contact's domain or a subdomain of it.

    A free mail host in common proves nothing. Without contacts no address is known.
    """
    address, known = address.lower(), {contact.lower() for contact in contacts}
    domains = {domain for domain in map(_domain, known) if domain.partition(".")[0] not in FREE_HOSTS}
    labels = _domain(address).split(".")
    at_or_above = {".".join(labels[number:]) for number in range(len(labels))}
    return address in known or not domains.isdisjoint(at_or_above)


def _domain(address: str) -> str:
    return address.rpartition("@")[2]
