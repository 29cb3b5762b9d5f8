"""Checkers of what is said of a sample's mixtures that are carried on to all rows."""

import re
from dataclasses import dataclass

import numpy as np

from gmm_dash.datasets import DATASETS
from gmm_dash.pipeline import select_elsewhere
from gmm_dash.pipeline.elsewhere import MOST_NUMBERS
from tests.claims.case import checks, numbers_in
from tests.claims.select_case import CRITERIA, OWN, SelectCase


@dataclass(frozen=True)
class WholeCase(SelectCase):
    """Mixtures of all rows in plain form; beside them the comparison of the sample."""

    sampled: SelectCase | None = None

    @property
    def points(self):
        """All rows."""
        return self.pipeline.whole.points(self.state.data)

    @property
    def asked(self):
        """The column that ranks: nothing is held out of all rows."""
        name = self.state.select.criterion
        return "bic" if name in OWN else name

    @property
    def sizes(self):
        return sorted({row.n_components for row in self.rows})


def spans(text):
    """Return the numbers that ``"1 to 3 and 7"`` stands for."""
    out = []
    for part in text.split(" and "):
        first, _, last = part.partition(" to ")
        out += range(int(first), int(last or first) + 1)
    return out


@checks("whole.sample")
def sample(case, text):
    n, total = numbers_in(text)
    assert n == case.pipeline.config.fit_rows == len(case.sampled.x)
    asked = case.state.data
    rules = {name: getattr(asked, name) for name in ("n", "noise", "centers", "seed")}
    assert total == len(DATASETS[asked.dataset].draw(**rules).points) > n


@checks("whole.offer")
def offer(case, text):
    found = re.fullmatch(
        r"Start carries the (one mixture|(\d+) mixtures) of K = (.+) on to all ([\d,]+) rows: .*"
        r"by at most ([\d,]+) pass(es)? of EM over every row\.",
        text,
    )
    assert len(case.rows) == int(found[2] or 1)
    assert spans(found[3]) == case.sizes
    assert numbers_in(found[4]) == [len(case.x)]
    assert int(found[5]) == min(case.state.model.max_iter, 200)
    assert max(row.n_iter for row in case.rows) <= int(found[5])


@checks("whole.left")
def left(case, text):
    found = re.match(
        r"K = (.+) (is|are) left out, .* more than (\d+) (s|minutes) of computing", text
    )
    asked = {k for k in case.state.select.counts if k <= len(case.sampled.x)}
    assert spans(found[1]) == sorted(asked - set(case.sizes))
    assert (found[2] == "is") == (len(spans(found[1])) == 1)
    best = case.sampled.best.n_components
    farthest = max(abs(k - best) for k in case.sizes)
    assert min(abs(k - best) for k in spans(found[1])) >= farthest
    assert (found[3], found[4]) == ("60", "minutes")


@checks("whole.too-long")
def too_long(case, text):
    (limit,) = numbers_in(text)
    assert limit == case.pipeline.config.all_rows < case.state.data.n


@checks("whole.components")
def components(case, text):
    assert case.state.data.components > 0
    assert "those of the sample" in text


@checks("whole.weights")
def weights(case, text):
    assert case.state.data.weights
    assert len(set(case.pipeline.points(case.state.data).weighting.values)) > 1
    assert "every row once" in text


@checks("whole.models")
def models(case, text):
    count, n, *slow = numbers_in(text)
    rows = [row for row in case.rows if row.log_likelihood is not None]
    assert (count, n) == (len(rows), len(case.x))
    unfinished = [row for row in rows if not row.converged]
    most = max(row.n_iter for row in rows)
    assert slow == ([len(unfinished), most] if unfinished else [])


@checks("whole.not-held-out")
def not_held_out(case, text):
    assert case.state.select.criterion == "heldout"
    assert "that of BIC" in text


def _pairs(text):
    return [(kind, int(k)) for kind, k in re.findall(r"(\w+), K = (\d+)", text)]


@checks("whole.same", "whole.other")
def stands(case, text):
    (name,) = re.findall(r"Of all rows (\S+) takes", text)
    assert CRITERIA[name] == case.asked == case.sampled.asked
    both = [(one.best.covariance_type, one.best.n_components) for one in (case, case.sampled)]
    assert _pairs(text) == (both[:1] if text.endswith("as of the sample.") else both)
    assert (both[0] == both[1]) == text.endswith("as of the sample.")
    assert case.finished


@dataclass(frozen=True)
class ElsewhereCase(WholeCase):
    """The same of a table in many files: its rows, gaps and all, and where it is."""

    table: object = None
    place: str = ""

    @property
    def complete(self):
        return self.table[np.isfinite(self.table).all(axis=1)]

    @property
    def x(self):
        points = self.pipeline.points(self.state.data)
        return (self.complete - points.shift) / points.scale


@checks("whole.elsewhere")
def elsewhere(case, text):
    found = re.fullmatch(
        r"All models above are of a random sample of ([\d,]+) of ([\d,]+) complete rows at (\S+), "
        r"and so is their best\.",
        text,
    )
    assert numbers_in(found[1]) == [len(case.pipeline.points(case.state.data).raw)]
    assert numbers_in(found[2]) == [len(case.complete)]
    assert found[3] == case.place


@checks("whole.elsewhere-offer")
def elsewhere_offer(case, text):
    found = re.fullmatch(
        r"Start carries the (one mixture|(\d+) mixtures) of K = (.+) on to all complete rows: .*"
        r"by at most ([\d,]+) pass(es)? of EM over every row; k-means goes on beside (it|them) .*",
        text,
    )
    assert len(case.rows) == int(found[2] or 1)
    assert spans(found[3]) == case.sizes == sorted({row["k"] for row in case.plain["kmeans"]})
    assert int(found[4]) == case.state.model.max_iter >= max(row.n_iter for row in case.rows)
    assert (found[6] == "it") == (len(case.rows) == 1)


@checks("whole.elsewhere-left")
def elsewhere_left(case, text):
    found = re.match(r"K = (.+) (is|are) left out, .* at most (\d+) mixtures, with sums of", text)
    (numbers,) = numbers_in(text.split("sums of")[1])
    gone, best = spans(found[1]), case.sampled.best.n_components
    assert gone == sorted({*case.state.select.counts} - {*case.sizes})
    assert (found[2] == "is") == (len(gone) == 1)
    near, d = min(gone, key=lambda k: abs(k - best)), case.x.shape[1]
    assert abs(near - best) >= max(abs(k - best) for k in case.sizes)
    sums = [row.n_components * (1 + d + d * d) for row in case.rows]
    kinds = len({row.covariance_type for row in case.rows})
    assert len(case.rows) <= int(found[3])
    assert sum(sums) <= numbers
    more = len(case.rows) + kinds > int(found[3])
    assert more or sum(sums) + kinds * near * (1 + d + d * d) > numbers
    assert (int(found[3]), numbers) == (select_elsewhere.MOST_MODELS, MOST_NUMBERS)


@checks("whole.left-out")
def left_out(case, text):
    (rows,) = numbers_in(text)
    assert rows == len(case.table) - len(case.complete)
    assert ("row of" in text) == (rows == 1)
