"""Read the top level of a compound file, the format of Office before 2007 (MS-CFB, sections 2.2, 2.3 and 2.6)."""

import struct
from collections.abc import Iterator
from typing import IO

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTRY = 128  # bytes of a directory entry
LAST_SECTOR = 0xFFFFFFFA  # higher numbers are special values: end of chain, free sector
# By the exponent in the header. Larger sectors are not allowed: a small file could need gigabytes of memory.
SECTOR_SIZES = {9: 512, 12: 4096}
MAX_SECTORS = 4096  # most sectors of a directory
MAX_TABLES = 64  # most sectors of the DIFAT, enough for a file of half a gigabyte


def top_names(file: IO[bytes]) -> set[str]:
    """Return the names of the streams and storages at the top level; embedded objects are on deeper levels.

    Raises struct.error or KeyError if the file is broken.
    """
    header = _read(file, 0, 512)
    size = SECTOR_SIZES[struct.unpack_from("<H", header, 30)[0]]
    tables = list(_tables(file, header, size))
    (start,) = struct.unpack_from("<I", header, 48)
    directory = b"".join(_read(file, (one + 1) * size, size) for one in _chain(file, start, tables, size))
    (child,) = struct.unpack_from("<I", directory, 76)
    return set(_siblings(directory, child))


def _tables(file: IO[bytes], header: bytes, size: int) -> Iterator[int]:
    """Yield the sectors of the allocation table (FAT): 109 are listed in the header, the others in a chain (DIFAT)."""
    sectors = list(struct.unpack_from("<109I", header, 76))
    (following,) = struct.unpack_from("<I", header, 68)
    for _round in range(MAX_TABLES):
        yield from (sector for sector in sectors if sector < LAST_SECTOR)
        if following >= LAST_SECTOR:
            return
        *sectors, following = struct.unpack(f"<{size // 4}I", _read(file, (following + 1) * size, size))


def _chain(file: IO[bytes], sector: int, tables: list[int], size: int) -> Iterator[int]:
    for _round in range(MAX_SECTORS):
        if sector >= LAST_SECTOR:
            return
        yield sector
        table, place = divmod(sector, size // 4)
        if table >= len(tables):
            return
        (sector,) = struct.unpack("<I", _read(file, (tables[table] + 1) * size + place * 4, 4))


def _siblings(directory: bytes, first: int) -> Iterator[str]:
    """Yield the names in a binary tree of directory entries, each of which has a left and a right sibling."""
    waiting, seen = [first], set[int]()
    while waiting:
        number = waiting.pop()
        if number in seen or (number + 1) * ENTRY > len(directory):
            continue
        seen.add(number)
        name, length = struct.unpack_from("<64sH", directory, number * ENTRY)
        waiting += struct.unpack_from("<2I", directory, number * ENTRY + 68)
        yield name[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")


def _read(file: IO[bytes], place: int, size: int) -> bytes:
    file.seek(place)
    return file.read(size)
