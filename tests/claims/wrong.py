"""Sentences with a wrong number: a checker that believes one could not fail."""

import re

from tests.claims.case import CHECKERS

NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w])")


def falsified(text, most=None):
    """Yield a text with one number changed, for each number of it or the first ``most``."""
    for found in list(NUMBER.finditer(text))[:most]:
        other = f"{7 * float(found[0].replace(',', '')) + 11:,.4g}"
        yield text[: found.start()] + other + text[found.end() :]


def believed(case, code, text):
    """Return whether the checker takes a sentence for true."""
    try:
        CHECKERS[code](case, text)
    except (AssertionError, KeyError, IndexError, ValueError, TypeError, AttributeError):
        return False
    return True
