"""How much a difference of BIC means."""

from __future__ import annotations

from typing import Final

GRADES: Final = ((2.0, "hardly"), (6.0, "some"), (10.0, "clear"))
"""Upper ends of the grades of evidence, with their names; above is ``"strong"``.

R. E. Kass and A. E. Raftery (1995), Bayes factors, Journal of the American Statistical
Association 90, 773-795, section 3.2.
"""


def grade(difference: float) -> str:
    """Return the name of the evidence in a difference of BIC, which is not negative."""
    return next((name for end, name in GRADES if difference < end), "strong")
