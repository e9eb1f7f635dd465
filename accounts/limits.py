"""How often something may be asked for. Counted in the cache: a lost Redis refuses nobody."""

import hashlib
import time
from ipaddress import IPv6Address, IPv6Network

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def allow(what: str, key: object, limit: tuple[int, int]) -> bool:
    """Count one request of this key and say whether it is within the limit: how many in how many seconds."""
    count, seconds = limit
    digest = hashlib.sha256(str(key).encode()).hexdigest()[:32]
    bucket = f"limit:{what}:{digest}:{int(time.time()) // seconds}"
    cache.add(bucket, 0, seconds)
    try:
        return cache.incr(bucket) <= count
    except ValueError:  # the bucket ended between the two calls
        return True


def client_address(request: HttpRequest) -> str:
    """The visitor's address as allauth reads it, behind the trusted proxies only; of IPv6 the network.

    A connection is given a whole /64 (RFC 6177): counted one by one, its addresses would have no limit.
    """
    address: str = get_adapter().get_client_ip(request)
    try:
        long = IPv6Address(address)
    except ValueError:
        return address
    return str(long.ipv4_mapped or IPv6Network((long, 64), strict=False))
