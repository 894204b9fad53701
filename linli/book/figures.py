"""Numbers as they are written: rounded half up as decimals, never in exponent form, "" for what is not known."""

import math
from decimal import ROUND_HALF_UP, Decimal


def fixed(value, digits):
    """So many decimals, half up on the decimal a person reads.

    >>> fixed(79.995, 2), fixed(float("nan"), 2), fixed(-0.001, 2)
    ('80.00', '', '0.00')
    """
    if _unknown(value):
        return ""
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return format(abs(rounded) if rounded == 0 else rounded, "f")


def significant(value, digits=6):
    """So many significant digits, without the zeros that say nothing.

    >>> significant(0.000123456789), significant(14200.0), significant(1234567)
    ('0.000123457', '14200', '1234570')
    """
    if _unknown(value):
        return ""
    exact = Decimal(repr(float(value)))
    if exact == 0:
        return "0"
    rounded = exact.quantize(Decimal(1).scaleb(exact.adjusted() - digits + 1), ROUND_HALF_UP)
    text = format(rounded, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def whole(value):
    """A whole number; "" when not known."""
    return "" if _unknown(value) else str(int(value))


def grouped(value, digits=2):
    """With thousands separators, for money and populations read by people.

    >>> grouped(15225), grouped(14200, 0)
    ('15,225.00', '14,200')
    """
    return "" if _unknown(value) else f"{Decimal(fixed(value, digits)):,f}"


def percent(value, digits=0):
    """A share or probability as people say it: what is not quite 0 or 1 is never shown as if it were.

    >>> percent(0.534), percent(0.0004), percent(0.9997), percent(0.0)
    ('53%', '<1%', '>99%', '0%')
    """
    if _unknown(value):
        return ""
    text = fixed(100 * value, digits)
    least = fixed(10.0**-digits, digits)
    if float(text) == 0 and value > 0:
        return f"<{least}%"
    if float(text) == 100 and value < 1:
        return f">{fixed(100 - 10.0**-digits, digits)}%"
    return f"{text}%"


def chance(p):
    """A probability found by drawing: never said to be certain, for another draw might have shown it.

    >>> chance(0.0), chance(0.704)
    ('<1%', '70%')
    """
    return "" if _unknown(p) else percent(min(max(p, 1e-9), 1 - 1e-9))


def span(low, high, digits=1, dash="–"):
    """An interval; "" when either end is not known."""
    return "" if _unknown(low) or _unknown(high) else f"{fixed(low, digits)}{dash}{fixed(high, digits)}"


def yuan(fen):
    """Whole fen as yuan: 1 is 0.01."""
    return f"{Decimal(int(fen)).scaleb(-2):,.2f}"


def _unknown(value):
    return value is None or (isinstance(value, float) and math.isnan(value))
