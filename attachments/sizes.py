"""File sizes in a form that people can read, in the format of their language."""

from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_decimal

_UNITS = {"KB": 1024, "MB": 1024**2, "GB": 1024**3}
_NO_BREAK_SPACE = "\u00a0"


def file_size(size: int, language: str) -> str:
    """Return a size in bytes as “1.38 MB” in English or “1,38 MB” in Spanish.

    Each unit is 1024 times the one before; at most two decimals, no trailing zeros, and a no-break space.
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
    """Return the size in a unit of `step` bytes, rounded to two decimals."""
    return (Decimal(size) / step).quantize(Decimal("0.01"), ROUND_HALF_UP)
