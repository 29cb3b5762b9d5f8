"""How far a fit to all rows is: some numbers, from which any process can go on."""

from __future__ import annotations

import base64
import json
import zlib
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias, TypeVar

import numpy as np

from gmm_dash.engine import BlockScores, CenterSums, Mixture, Statistics
from gmm_dash.errors import LinkGoneError, StateError
from gmm_dash.files.shelf import Kind
from gmm_dash.files.store import Store
from gmm_dash.pipeline.parted.crew import Alone
from gmm_dash.pipeline.parted.passes import (
    KMeansRun,
    LastPass,
    MixtureRun,
    Pass,
    Rules,
    Runs,
    Scale,
    next_pass,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from gmm_dash.pipeline.parted.crew import Crew
    from gmm_dash.pipeline.parted.passes import Block

S = TypeVar("S")
Run: TypeAlias = MixtureRun | KMeansRun
_ARRAYS: Final = ("<f8", "<i8")
_LETTERS: Final = 43


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a mixture begins, or why it does not.

    Attributes
    ----------
    covariance_type : str
    n_components : int
    init, random_state : str, int
        Of its start in the sample.
    reason : str
        Why the sample has no such mixture, ``"collapsed"`` or ``"stopped"``; else empty.
    """

    covariance_type: str
    n_components: int
    init: str
    random_state: int
    reason: str = ""


@dataclass(frozen=True, eq=False)
class Start:
    """Where a run has begun.

    Attributes
    ----------
    name : str
    order : (k,) array of int
        Of its components, for those who number them otherwise.
    """

    name: str
    order: NDArray[np.int64]


@dataclass(eq=False)
class Reached:
    """Mixtures and runs of k-means on their way over all rows of a table.

    Attributes
    ----------
    asked : str
        Names what was asked for: what others ask for does not go on from here.
    url : str
    columns : tuple of str
        As the files name them.
    n_rows : int
        Rows of the table, gaps and all: another table has others.
    scale : Scale
    rules : Rules
    variance : float
        Mean variance of a column, as it is fitted.
    mixtures : tuple of MixtureRun
    kmeans : tuple of KMeansRun
    starts : tuple of Start
        Of each of these, the mixtures first.
    cells : tuple of Cell
        Where several mixtures are compared: each of them, and those that have not begun.
    todo : tuple of (str, int)
        Covariance type and K of those whose start is still to be found in the sample; k-means,
        which has no type, by K.
    passes : int
        Over all rows, so far.
    blocks : int
        Done in the present pass.
    sums : Pass, LastPass or None
        Over these blocks.
    finished : bool
        Whether the scores are there, too.
    """

    asked: str
    url: str
    columns: tuple[str, ...]
    n_rows: int
    scale: Scale
    rules: Rules
    variance: float
    mixtures: tuple[MixtureRun, ...] = ()
    kmeans: tuple[KMeansRun, ...] = ()
    starts: tuple[Start, ...] = ()
    cells: tuple[Cell, ...] = ()
    todo: tuple[tuple[str, int], ...] = ()
    passes: int = 0
    blocks: int = 0
    sums: Pass | LastPass | None = None
    finished: bool = False

    @property
    def iterates(self) -> bool:
        """Whether the present pass is an iteration, and not for the scores."""
        return self.moving > 0

    @property
    def moving(self) -> int:
        """How many models still move."""
        mixtures = sum(one.moves(self.rules) for one in self.mixtures)
        return mixtures + sum(one.moves(self.rules) for one in self.kmeans)

    def in_rows(self) -> Self:
        """Return this, its parameters laid out in memory as those that were stored.

        How they lie decides in which order they are added up, and so the last digits.
        """
        for run in self.mixtures:
            own = run.mixture
            run.mixture = Mixture(
                *map(np.ascontiguousarray, (own.weights, own.means, own.covariances))
            )
        for one in self.kmeans:
            one.centers = np.ascontiguousarray(one.centers)
        self.scale = Scale(*map(np.ascontiguousarray, (self.scale.shift, self.scale.scale)))
        return self


@dataclass(frozen=True, slots=True)
class Written:
    """How far the labels of a finished fit are written.

    Attributes
    ----------
    reached : str
        The key of the fit.
    place : str
        Where they are written.
    files, of : int
        Of the table: those that are done, and all.
    """

    reached: str
    place: str
    files: int
    of: int


def go_on(
    at: Reached,
    crew: Crew,
    blocks: Sequence[Block],
    seconds: float,
    clock: Callable[[], float] = monotonic,
) -> None:
    """Go on for about so many seconds, and at least over one block.

    Parameters
    ----------
    at : Reached
        Whose starts are all found. Changed. When something goes wrong it is what it was before
        the block that did.
    crew : Crew
    blocks : sequence of Block
        Of the whole table, the same ones every time.
    seconds : float
    clock : callable
        Returns seconds that never go back.

    Raises
    ------
    GmmDashError
        When a block cannot be read, or the workers are gone.
    """
    until, some = clock() + seconds, 1 if isinstance(crew, Alone) else crew.size
    while not at.finished:
        runs = Runs([*at.mixtures], [*at.kmeans], at.passes)
        one = next_pass(at.scale, runs, at.rules, at.variance)
        while at.blocks < len(blocks):
            found = crew.total(one.work, blocks[at.blocks : at.blocks + some])
            at.sums = found if at.sums is None else at.sums + found
            at.blocks = min(at.blocks + some, len(blocks))
            if clock() >= until and at.blocks < len(blocks):
                return
        one.take(at.sums)
        at.in_rows()
        at.passes, at.blocks, at.sums, at.finished = runs.passes, 0, None, one.last
        if clock() >= until:
            return


class ReachedStore(Store):
    """Such states in a folder of the store, each under a key that follows from its content."""

    kind = Kind(".reached", b"gmm-dash fit to all rows 2\0", "reached", _LETTERS)

    def put(self, at: Reached | Written) -> str:
        """Return the key under which a state is kept from now on.

        Raises
        ------
        StateError
            When it cannot be stored.
        """
        try:
            return self._shelf.put(packed(at))
        except OSError:
            raise StateError(
                "How far the fit is cannot be stored right now.", hint="Try again in a moment."
            ) from None

    def note(self, name: str, at: str | Run) -> None:
        """Keep under a name the key of a state, or where a run has ended.

        Where that cannot be written it is found anew.
        """
        with suppress(OSError):
            self._shelf.put_result(name.encode(), packed(at))

    def noted(self, name: str, kind: type[S]) -> S | None:
        """Return what was last kept under a name; None where that is nothing of this kind."""
        try:
            return unpacked(self._shelf.result(name.encode()), kind)
        except (OSError, ValueError, KeyError, TypeError, zlib.error):
            return None

    def get(self, key: str) -> Reached:
        """Return the fit of a key, and keep it alive.

        Raises
        ------
        LinkGoneError
            As :meth:`written`.
        """
        return self._of(key, Reached)

    def written(self, key: str) -> Written:
        """Return how far the labels of a key are, and keep it alive.

        Raises
        ------
        LinkGoneError
            When there is none, it has expired, or was damaged.
        """
        return self._of(key, Written)

    def _of(self, key: str, kind: type[S]) -> S:
        try:
            found = unpacked(self._shelf.read(key), kind)
        except (OSError, ValueError, KeyError, TypeError, zlib.error):
            raise LinkGoneError(
                "How far this fit was is no longer stored.", hint="Start it again."
            ) from None
        self._shelf.touch(key)
        return found


def packed(at: Any) -> bytes:
    """Return a state, or some part of one, as bytes; equal ones are equal bytes."""
    return zlib.compress(json.dumps(_plain(at)).encode(), 1)


def unpacked(data: bytes, kind: type[S]) -> S:
    """Return the state of this kind in bytes.

    Raises
    ------
    ValueError, KeyError, TypeError, zlib.error
        When there is none in them.
    """
    found = _rich(json.loads(zlib.decompress(data)))
    if not isinstance(found, kind):
        raise TypeError("This is another state.")
    return found


_KINDS: Final[dict[str, Any]] = {
    one.__name__: one
    for one in (
        *(Reached, Written, Cell, Start, Scale, Rules, MixtureRun, KMeansRun, Pass, LastPass),
        *(Mixture, Statistics, CenterSums, BlockScores),
    )
}


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        kind = "<i8" if value.dtype.kind in "iu" else "<f8"
        data = np.ascontiguousarray(value, dtype=kind)
        return {"is": kind, "shape": value.shape, "data": base64.b64encode(data.tobytes()).decode()}
    if is_dataclass(value):
        own = {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
        return {"is": type(value).__name__, **own}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value.item() if isinstance(value, np.generic) else value


def _rich(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_rich, value))
    if not isinstance(value, dict):
        return value
    kind = value.pop("is")
    if kind in _ARRAYS:
        array = np.frombuffer(base64.b64decode(value["data"]), dtype=kind)
        return array.reshape(value["shape"]).copy()
    own = {name: _rich(one) for name, one in value.items()}
    if kind == "MixtureRun":
        own["log_likelihoods"] = list(own["log_likelihoods"])
    return _KINDS[kind](**own)
