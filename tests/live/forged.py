"""Forged messages that are similar to ours, each with one error."""

import json
from base64 import b64encode
from collections.abc import Iterator
from copy import deepcopy
from pickle import dumps
from typing import Any

Message = dict[str, Any]

NOTHING = {"callbacks": None, "errbacks": None, "chain": None, "chord": None}

UNREADABLE = [
    dumps({"task": "jobs.send_mail"}),
    b"\xff\x00 noise",
    b"",
    b"[" * 100_000,
    b'{"__type__": "decimal", "__value__": "x"}',
]
NO_MESSAGES = [b"7", b"null", b'"text"', b"[]", b"{}"]
BODIES = [
    None,
    5,
    "*** not base 64",
    b64encode(b"{[").decode(),
    b64encode(dumps([[1], {}, NOTHING])).decode(),
    *(
        b64encode(json.dumps(body).encode()).decode()
        for body in (
            None,
            7,
            [[1]],
            [["one"], {}, NOTHING],
            ["one", {}, NOTHING],
            [[1, 2], {}, NOTHING],
            [[-1], {}, NOTHING],
            [[10**100], {}, NOTHING],
            [[1], {"x": 1}, NOTHING],
            [[1], {}, NOTHING | {"chain": [{"task": 1}]}],
            [[1], {}, NOTHING | {"errbacks": [7]}],
        )
    ),
]
HEADERS: list[Message] = [
    {"task": "os.system"},
    {"task": ["jobs.send_mail"]},
    {"id": ["x"]},
    {"root_id": []},
    {"parent_id": 7},
    {"argsrepr": 7},
    {"kwargsrepr": {}},
    {"retries": "many"},
    {"timelimit": "soon"},
    {"timelimit": ["soon", {}]},
    {"timelimit": [1, 2, 3]},
    {"shadow": ["x"]},
    {"eta": ["x"]},
    {"eta": "9999-12-31T23:59:59+00:00"},
    {"expires": {"x": 1}},
    {"group": ["x"]},
    {"group_index": "first"},
    {"stamped_headers": 7},
    {"compression": "zip"},
    {"compression": [1]},
]
PROPERTIES: list[Message] = [
    {"delivery_tag": ["x"]},
    {"delivery_tag": None},
    {"delivery_info": "x"},
    {"delivery_info": {"exchange": [], "routing_key": {}}},
    {"body_encoding": "rot13"},
    {"body_encoding": []},
]


def forged(genuine: Message) -> Iterator[bytes]:
    """Yield forged variants of the genuine message, as bytes for the queue."""
    yield from UNREADABLE
    yield from NO_MESSAGES
    for name in ("body", "headers", "properties", "content-type", "content-encoding"):
        yield _bytes({key: value for key, value in genuine.items() if key != name})
        for value in (None, "x", ["x"], {}):
            yield _bytes(genuine | {name: value})
    for part, name in (("headers", "task"), ("headers", "id"), ("properties", "delivery_tag")):
        copy = deepcopy(genuine)
        del copy[part][name]
        yield _bytes(copy)
    for body in BODIES:
        yield _bytes(genuine | {"body": body})
    for part, changes in (("headers", HEADERS), ("properties", PROPERTIES)):
        for change in changes:
            yield _bytes(genuine | {part: genuine[part] | change})


def _bytes(message: Message) -> bytes:
    return json.dumps(message).encode()
