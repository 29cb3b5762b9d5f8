"""What the views compute, part by part: one object per application.

Two applications in one process share nothing.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from gmm_dash.memory import Memory
from gmm_dash.pipeline.all_rows import AllRowsWork
from gmm_dash.pipeline.carrying import Carrier
from gmm_dash.pipeline.climb import Climbs
from gmm_dash.pipeline.colors import ColorsWork
from gmm_dash.pipeline.compare import CompareWork
from gmm_dash.pipeline.compare_whole import CompareWhole
from gmm_dash.pipeline.data import DataWork
from gmm_dash.pipeline.density import DensityWork
from gmm_dash.pipeline.digits import DigitsWork
from gmm_dash.pipeline.elsewhere import Elsewhere
from gmm_dash.pipeline.executor import Workplace
from gmm_dash.pipeline.kept_rows import KeptRows
from gmm_dash.pipeline.labels import LabelsWork
from gmm_dash.pipeline.load import load
from gmm_dash.pipeline.models import Models
from gmm_dash.pipeline.restarts import RestartsWork
from gmm_dash.pipeline.restarts_whole import RestartsWholeWork
from gmm_dash.pipeline.select import SelectWork
from gmm_dash.pipeline.select_elsewhere import SelectElsewhereWork
from gmm_dash.pipeline.select_whole import SelectWholeWork
from gmm_dash.pipeline.sizes import size_of
from gmm_dash.pipeline.sources import Sources
from gmm_dash.pipeline.steps import StepsWork
from gmm_dash.pipeline.sure import SureWork
from gmm_dash.pipeline.whole import Limits, Whole
from gmm_dash.results.separation import Separation
from gmm_dash.state import ModelChoice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.config import Config
    from gmm_dash.images.store import ImageStore
    from gmm_dash.pipeline.carried import CarriedStore
    from gmm_dash.pipeline.parted.reached import ReachedStore
    from gmm_dash.results import Points
    from gmm_dash.state import DataChoice, StoredNames
    from gmm_dash.tables import TableStore

_RESULTS_SHARE: Final = 2  # of what a worker keeps; answers and tables share the other half


class Pipeline:
    """State in, results out: the chosen points, and one part for each view.

    A part knows those above it, never this object.

    Parameters
    ----------
    config : Config
        Limits on rows, work and memory.
    store : TableStore
        Where users' tables live.
    images : ImageStore, optional
        Where users' images live; without one only the bundled images can be opened.
    names : StoredNames, optional
        Where names of groups live that are too long for a link; without one these are not known.
    carried : CarriedStore, optional
        Where workers find how far mixtures of all rows are; without one each finds it itself.
    reached : ReachedStore, optional
        Where fits to all rows of tables in many files are kept; without one there are none.
    opened : sequence of str
        Places of such tables that were given on the command line.

    Attributes
    ----------
    models : Models
        The fits that the settings ask for.
    whole : Whole
        The same on all rows of a long table.
    carrier : Carrier
        Models on their way from a sample to all rows.
    data, compare, compare_whole, labels, steps, density, select, select_whole, sure, restarts, \
    restarts_whole, digits, colors
        What the panel and each view may ask for; ``select_whole`` and ``sure`` are parts of How
        many?, ``compare_whole`` and ``labels`` of Compare, ``restarts_whole`` of Restarts.
    workplace : Workplace
        Where pieces of long work are computed.
    rows : KeptRows
        Of long work, between its pieces.
    sources : Sources
        Tables at addresses that are typed.
    elsewhere : Elsewhere
        Tables in many files, and how far fits to all their rows are.
    all_rows : AllRowsWork
        Both models of Compare over all rows of a table in many files.
    select_elsewhere : SelectElsewhereWork
        The models of How many? over all these rows.
    """

    def __init__(
        self,
        config: Config,
        store: TableStore,
        images: ImageStore | None = None,
        names: StoredNames | None = None,
        carried: CarriedStore | None = None,
        reached: ReachedStore | None = None,
        opened: Sequence[str] = (),
    ) -> None:
        self.config, self.store, self.names = config, store, names
        self.memory = memory = Memory[Any](config.cache_bytes // _RESULTS_SHARE, size_of)
        self._points = memory.remember(self._load)
        self._separation = memory.remember(self._separate)
        self.workplace, limit = Workplace(config.scheduler), config.fit_seconds
        climbs = Climbs(lambda data: self.points(data).fitted, memory, self.workplace)
        self.models = Models(self.points, limit, climbs, memory)
        self.whole = Whole(self.models, self._load_all, Limits(config.all_rows, limit), memory)
        self.data = DataWork(self.points, store, memory)
        self.carrier = Carrier(self.whole, memory, carried)
        self.compare_whole = CompareWhole(self.whole, self.carrier, memory)
        self.compare = CompareWork(
            self.models, self.whole, self.compare_whole, limit, store, names, memory
        )
        self.labels = LabelsWork(self.compare, self.whole, store, memory)
        self.steps = StepsWork(self.models, limit, memory)
        self.density = DensityWork(self.models, self.compare, limit, memory)
        self.select = SelectWork(self.points, limit, climbs, self.workplace)
        self.select_whole = SelectWholeWork(
            self.whole, self.carrier, lambda state: self.select.plan(state).left_out
        )
        self.sure = SureWork(self.points, limit, memory, self.workplace)
        self.restarts = RestartsWork(self.points, limit, self.workplace)
        self.restarts_whole = RestartsWholeWork(self.whole, self.carrier)
        self.digits = DigitsWork(config, store, memory)
        self.colors = ColorsWork(config, images, memory)
        self.rows = KeptRows(memory)
        self.sources = Sources(config, store, opened)
        self.elsewhere = Elsewhere(config, store, self.sources, reached)
        self.all_rows = AllRowsWork(self.elsewhere, self.compare)
        self.select_elsewhere = SelectElsewhereWork(
            self.elsewhere, self.models, lambda state: self.select.plan(state).left_out
        )

    def apart(self, store: TableStore) -> Pipeline:
        """Return one of other tables, for one answer: it goes with it, as all that it remembers."""
        return Pipeline(replace(self.config, scheduler=""), store, names=self.names)

    def points(self, data: DataChoice) -> Points:
        """Return the chosen points."""
        return self._points(data)

    def separation(self, data: DataChoice, k: int, covariance_type: str) -> Separation:
        """Return what the components of a mixture differ by: of one that no other setting turns."""
        return self._separation(data, k, covariance_type)

    def _load(self, data: DataChoice) -> Points:
        return self._separable(data, load(data, self.store, self.config.fit_rows))

    def _load_all(self, data: DataChoice) -> Points:
        return self._separable(data, load(data, self.store, self.config.all_rows))

    def _separable(self, data: DataChoice, points: Points) -> Points:
        """Return points that can be looked at along what separates a mixture."""
        return replace(points, separation=partial(self.separation, data))

    def _separate(self, data: DataChoice, k: int, covariance_type: str) -> Separation:
        model = ModelChoice(k=k, covariance_type=covariance_type)
        return Separation.of(self.models.gmm(data, model).mixture)
