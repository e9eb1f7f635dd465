"""Numbers in URLs and forms."""

import pytest

from accounts.requests import parse_number


@pytest.mark.parametrize(("typed", "read"), [("0", 0), ("17", 17), (17, 17), ("9" * 18, 10**18 - 1)])
def test_number_is_read(typed, read):
    assert parse_number(typed) == read


@pytest.mark.parametrize("typed", ["", "-1", "+1", "1.0", "1e3", " 1", "x", "٣", "²", "9" * 19, None])
def test_anything_else_is_the_number_of_no_row(typed):
    assert parse_number(typed) == -1
