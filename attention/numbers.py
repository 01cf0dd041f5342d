"""Numbers as the page writes them, in pictures and on paper: see assets/page/core/numbers.js.

`mark` is the decimal mark of the language: `words["decimal_mark"]`.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext

SPACE = "\N{NO-BREAK SPACE}"
LEAST_TOLD, MOST_TOLD = 0.001, 0.999  # only a true 0 and a true 1 are written as such
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def as_read(digits: str, mark: str = ".") -> str:
    """A program's digits as one reads them.

    >>> [as_read(digits, ",") for digits in ("-0.5", "3.7e-44", "1e+06")]
    ['−0,5', '3,7·10⁻⁴⁴', '1·10⁶']
    """
    number, _, power = digits.partition("e")
    raised = f"·10{str(int(power)).translate(RAISED)}" if power else ""
    return number.replace("-", "−").replace(".", mark) + raised


def fixed_number(value: float, decimals: int = 2, mark: str = ".") -> str:
    """A number with so many decimals, fewer where it is large.

    The twin of `fixedNumber` in assets/page/core/numbers.js.

    >>> [fixed_number(value) for value in (0.125, -0.5, -0.001, 1234.56, -1e6)]
    ['0.13', '−0.50', '0.00', '1234.6', '−1.0·10⁶']
    """
    size = abs(value)
    if size >= 999.5:
        decimals = min(decimals, 0 if size >= 9999.5 else 1)
    form = ".1e" if size >= 99999.5 else f".{decimals}f"
    with localcontext(rounding=ROUND_HALF_UP):  # floats would round 0.125 to the even 0.12
        text = f"{Decimal(value):{form}}"
    return as_read(text if re.search("[1-9]", text) else text.replace("-", ""), mark)


def readable_number(value: float, mark: str = ".") -> str:
    """A number with as many digits as it needs, up to six.

    >>> [readable_number(value) for value in (-100.0, 0.25, 1e6)]
    ['−100', '0.25', '1·10⁶']
    """
    size = abs(value)
    return as_read(f"{value + 0:.6g}" if size < 999_999.5 else f"{value:.3g}", mark)


def percent(share: float, mark: str = ".") -> str:
    """A share of 1, rounded by itself to 0.1 %.

    The twin of `percent` in assets/page/core/percentages.js.

    >>> [percent(share, ",").replace(SPACE, "") for share in (0.06338, 1, 0.0004)]
    ['6,3%', '100%', '<0,1%']
    """
    if share in (0, 1):
        text = f"{100 * share:.0f}"
    elif share < LEAST_TOLD:
        text = "<0.1"
    else:
        text = ">99.9" if share > MOST_TOLD else f"{int(1000 * share + 0.5) / 10:.1f}"
    return as_read(text, mark) + SPACE + "%"
