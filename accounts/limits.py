"""Rate limits, counted in the cache. If Redis cannot be reached, nobody is refused."""

import hashlib
import time
from ipaddress import IPv6Address, IPv6Network

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def allow(what: str, key: object, limit: tuple[int, int]) -> bool:
    """Count one request for this key. Return True if it is within `limit`, a number and a period in seconds."""
    count, seconds = limit
    digest = hashlib.sha256(str(key).encode()).hexdigest()[:32]
    bucket = f"limit:{what}:{digest}:{int(time.time()) // seconds}"
    cache.add(bucket, 0, seconds)
    try:
        return cache.incr(bucket) <= count
    except ValueError:  # the counter expired between the two calls
        return True


def client_address(request: HttpRequest) -> str:
    """Return the visitor's IP address, read by allauth with the number of trusted proxies; for IPv6, the /64 network.

    A visitor controls a whole /64 (RFC 6177), so a limit for single IPv6 addresses would have no effect.
    """
    address: str = get_adapter().get_client_ip(request)
    try:
        long = IPv6Address(address)
    except ValueError:
        return address
    return str(long.ipv4_mapped or IPv6Network((long, 64), strict=False))
