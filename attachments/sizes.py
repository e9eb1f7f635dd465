"""File sizes as people read them, in the format of their language."""

from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_decimal

_UNITS = {"KB": 1024, "MB": 1024**2, "GB": 1024**3}
_NO_BREAK_SPACE = "\u00a0"


def file_size(size: int, language: str) -> str:
    """“1.38 MB” in English, “1,38 MB” in Spanish, for a size in bytes.

    Units are steps of 1024; at most two decimals and no trailing zero; the space does not break.
    """
    if size < 1024:
        return f"{size}{_NO_BREAK_SPACE}{'byte' if size == 1 else 'bytes'}"
    unit, amount = next(
        (unit, amount)
        for unit, step in _UNITS.items()
        if (amount := _rounded(size, step)) < 1024 or unit == "GB"
    )
    return f"{format_decimal(amount, '0.##', locale=language)}{_NO_BREAK_SPACE}{unit}"


def _rounded(size: int, step: int) -> Decimal:
    """The size in a unit of `step` bytes, to two decimals."""
    return (Decimal(size) / step).quantize(Decimal("0.01"), ROUND_HALF_UP)
