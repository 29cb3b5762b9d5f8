"""Components are not clusters: joining components of a mixture where their posteriors overlap.

A group that is no Gaussian takes several components, and BIC counts these. Baudry, Raftery,
Celeux, Lo and Gottardo, "Combining mixture components for clustering", Journal of Computational
and Graphical Statistics 19 (2010) 332-353, join them again, two at a time. A joined group's
posterior is the sum of its components' posteriors. Each time those two are joined whose joining
takes most from the entropy of all posteriors, that is: between which rows are least decided.
The density stays what it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST_BENT: Final = 4  # components, from which on two lines do not fit any curve of entropies


@dataclass(frozen=True, eq=False)
class Merging:
    """All joinings of a mixture's components, from one for each down to one for all.

    A group is named by the lowest of its components, counted from zero.

    Attributes
    ----------
    pairs : (k - 1, 2) int array
        The two groups that each joining joins, the lower first: the joined one keeps its name.
    entropies : (k,) array
        Entropy of the posteriors in nats, summed over all rows: of k groups, of k - 1, down to 0
        of one.
    """

    pairs: NDArray[np.int64]
    entropies: NDArray[np.float64]

    @property
    def k(self) -> int:
        """Number of components."""
        return len(self.entropies)

    def entropy(self, n_groups: int) -> float:
        """Return the entropy of the posteriors of so many groups, in nats."""
        return float(self.entropies[self.k - n_groups])

    def groups(self, n_groups: int) -> NDArray[np.int64]:
        """Return the group of each component, (k,), counted from zero.

        Groups are in the order of the lowest of their components.
        """
        names = np.arange(self.k)
        for kept, gone in self.pairs[: self.k - n_groups]:
            names[names == gone] = kept
        return np.unique(names, return_inverse=True)[1].astype(np.int64)


def merge_components(posteriors: NDArray[np.float64]) -> Merging:
    """Return in which order components are joined, and the entropy that is left each time.

    Where several pairs take as much, the first is joined.

    Parameters
    ----------
    posteriors : (n, k) array
        Every row adds up to 1.
    """
    shares = {i: np.ascontiguousarray(column) for i, column in enumerate(posteriors.T)}
    own = {i: _entropy(share) for i, share in shares.items()}
    gains = {
        (i, j): own[i] + own[j] - _entropy(shares[i] + shares[j])
        for i, j in combinations(shares, 2)
    }
    pairs, entropies = [], [sum(own.values())]
    while gains:
        kept, gone = max(sorted(gains), key=gains.__getitem__)
        pairs.append((kept, gone))
        shares[kept] = shares[kept] + shares.pop(gone)
        own[kept] = _entropy(shares[kept])
        del own[gone]
        gains = {pair: gain for pair, gain in gains.items() if gone not in pair}
        for other in shares.keys() - {kept}:
            joint = own[kept] + own[other] - _entropy(shares[kept] + shares[other])
            gains[min(kept, other), max(kept, other)] = joint
        # A joining takes something away or nothing: where it seems to add, that is rounding.
        entropies.append(min(entropies[-1], sum(own.values())))
    entropies[-1] = 0.0  # one group holds every row whole: nothing is undecided
    return Merging(np.array(pairs, dtype=np.int64).reshape(-1, 2), np.maximum(entropies, 0.0))


def merged(posteriors: NDArray[np.float64], groups: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the posteriors of groups of components, (n, g): the sums of the components' own.

    Parameters
    ----------
    posteriors : (n, k) array
    groups : (k,) int array
        The group of each component, as :meth:`Merging.groups` gives them.
    """
    found = np.zeros((len(posteriors), int(groups.max()) + 1))
    for component, group in enumerate(groups.tolist()):
        found[:, group] += posteriors[:, component]
    return found


def bend(entropies: NDArray[np.float64]) -> int | None:
    """Return at how many groups two straight lines that fit the entropies best meet.

    Both lines hold that point, each fitted by least squares, as mclust's ``entPlot`` has it.
    None for fewer than four components, where two lines fit every curve, and where nothing is
    left to fit.

    Parameters
    ----------
    entropies : (k,) array
        Of k groups, of k - 1, down to one.
    """
    k, curve = len(entropies), entropies[::-1]
    if k < FEWEST_BENT or not entropies[0] > 0:
        return None
    counts = np.arange(1, k + 1, dtype=float)
    misses = [
        _miss(counts[:at], curve[:at]) + _miss(counts[at - 1 :], curve[at - 1 :])
        for at in range(2, k)
    ]
    return int(np.argmin(misses)) + 2


def _miss(x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    """Return the sum of squares that the best straight line leaves."""
    line = np.column_stack([np.ones_like(x), x])
    left = y - line @ np.linalg.lstsq(line, y)[0]
    return float(left @ left)


def _entropy(share: NDArray[np.float64]) -> float:
    """Return what one group's posteriors add to the entropy, in nats."""
    return -float(share @ np.log(np.where(share > 0, share, 1.0)))
