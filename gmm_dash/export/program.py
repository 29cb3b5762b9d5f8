"""A piece of Python that a user takes away: its steps, and the same as one script."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from gmm_dash.export.fitting import start_arguments
from gmm_dash.export.outlines import of_one_column
from gmm_dash.export.recipe import recipe
from gmm_dash.export.scaling import scaling
from gmm_dash.results import project
from gmm_dash.state import to_query

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gmm_dash.engine import KMeansFit, MixtureFit
    from gmm_dash.results import Points
    from gmm_dash.state import AppState


@dataclass(frozen=True, slots=True)
class Part:
    """One step of a script, and one cell of a notebook.

    Attributes
    ----------
    title : str
        What the step does, in a few words.
    code : str
    """

    title: str
    code: str


@dataclass(frozen=True, slots=True)
class Program:
    """What makes one view's numbers and picture again.

    Attributes
    ----------
    stem : str
        Name of its file, without the ending.
    title : str
        What it makes, as a heading.
    parts : tuple of Part
        The first one imports all that the others use, the last one defines ``picture()``.
    """

    stem: str
    title: str
    parts: tuple[Part, ...]

    @property
    def needs(self) -> str:
        """The packages it imports, as a sentence lists them."""
        lines = [line for line in self.parts[0].code.splitlines() if line]
        modules = {line.split()[1].partition(".")[0] for line in lines} - sys.stdlib_module_names
        *others, last = sorted((_NAMES.get(name, name) for name in modules), key=str.lower)
        return f"{', '.join(others)} and {last}"


_NAMES: Final = {"PIL": "Pillow", "sklearn": "scikit-learn"}  # where pip calls it otherwise


def python_script(state: AppState, program: Program) -> str:
    """Return the program as one script, which shows its picture where matplotlib is installed."""
    *steps, last = program.parts
    body = "# " + steps[0].title + "\n" + steps[0].code
    for before, part in pairwise(steps):
        body += _gap(before.code, part.code) + f"# {part.title}\n{part.code}"
    return "\n".join(
        [
            f'"""{program.title}, exactly as the page showed it.',
            "",
            f"Needs {program.needs}; matplotlib for the picture.",
            f"The settings as a link: {to_query(state)}",
            '"""',
            "",
            body,
            "",
            "",
            last.code,
            "",
            "",
            'if __name__ == "__main__":',
            "    try:",
            "        picture()",
            "    except ImportError:",
            '        print("Install matplotlib to see the picture.")',
            "",
        ]
    )


def _gap(before: str, after: str) -> str:
    """Return what stands between two steps: functions stand two lines apart."""
    function_ends = before.rsplit("\n", 1)[-1].startswith("    ")
    return "\n\n\n" if after.startswith("def ") or function_ends else "\n\n"


def libraries(wanted: Iterable[str]) -> str:
    """Return import lines, each once, Python's own before the packages."""
    every = set(wanted)
    own = sorted(line for line in every if line.split()[1] in sys.stdlib_module_names)
    packages = sorted(every - set(own), key=lambda line: line.split()[1].lower())
    return "\n".join([*own, *([""] if own else []), *packages])


def call(target: str, data: str = "Z", **settings: object) -> str:
    """Return ``target(name=value, ...).fit(data)``, one setting a line."""
    lines = [f"    {name}={value!r}," for name, value in settings.items()]
    return "\n".join([f"{target}(", *lines, f").fit({data})"])


def kmeans_call(fit: KMeansFit, data: str = "Z", target: str = "kmeans") -> str:
    """Return the one start of scikit-learn's ``KMeans`` that is ``fit``."""
    data = _with_weights(data, fit)
    init = str(fit.init) if fit.start is None else fit.start.tolist()
    return call(
        f"{target} = KMeans",
        data,
        n_clusters=fit.n_clusters,
        init=init,
        n_init=1,
        tol=fit.tol,
        max_iter=fit.max_iter,
        random_state=fit.random_state,
    )


def _with_weights(data: str, fit: KMeansFit | MixtureFit) -> str:
    """Return the arguments of ``fit``: the data, and how much rows count where they differ."""
    return data if fit.weighting is None else f"{data}, sample_weight=weights"


class _Code(str):
    """Python that stands in a call as it is."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def mixture_call(fit: MixtureFit, data: str = "Z", target: str = "mixture") -> str:
    """Return the one start of ``GaussianMixture`` that is ``fit``."""
    if fit.background is not None:
        return _background_call(fit, data, target)
    kind = str(fit.covariance_type)
    if fit.variance is not None:
        own: dict[str, Any] = {
            "variance": fit.variance,
            "means_init": _Code("kmeans.cluster_centers_"),
        }
        own |= {"tol": fit.tol, "max_iter": fit.max_iter}
    else:
        own = {"tol": fit.tol, "reg_covar": fit.reg_covar, "max_iter": fit.max_iter}
        own |= _start(fit, kind)
    return call(
        f"{target} = GaussianMixture",
        _with_weights(data, fit),
        n_components=fit.n_components,
        covariance_type=kind,
        **own,
    )


def _start(fit: MixtureFit, kind: str) -> dict[str, Any]:
    """Return the arguments that make a fit begin where it began."""
    if fit.gapped is not None:
        return {"random_state": fit.random_state}
    if fit.start is not None:
        return start_arguments(fit.start, kind)
    return {"init_params": str(fit.init), "n_init": 1, "random_state": fit.random_state}


def _background_call(fit: MixtureFit, data: str, target: str) -> str:
    """Return the one start of ``fit_background`` that is ``fit``."""
    settings = {
        "covariance_type": str(fit.covariance_type),
        "init": str(fit.init),
        "n_init": 1,
        "tol": fit.tol,
        "reg_covar": fit.reg_covar,
        "max_iter": fit.max_iter,
        "random_state": fit.random_state,
    }
    lines = [f"    {name}={value!r}," for name, value in settings.items()]
    first = f"{target} = fit_background("
    return "\n".join([first, f"    {data},", f"    {fit.n_components},", *lines, ")"])


def opening(state: AppState, points: Points, imports: Iterable[str]) -> tuple[Part, Part, Part]:
    """Return the first steps: libraries, the data ``X``, and what the models see, ``Z``.

    Parameters
    ----------
    state : AppState
    points : Points
    imports : iterable of str
        Import lines that the later steps want beside NumPy.
    """
    made = recipe(state.data, points)
    lines, seen = scaling(state.data, points)
    wanted = {"import numpy as np", *imports, *made.imports, *lines}
    return (
        Part("Libraries", libraries(wanted)),
        Part("The data", "\n".join(made.lines)),
        Part("What the models see", f"X = np.ascontiguousarray(X, dtype=float)\n{seen}"),
    )


def _titled(title: str, bend: str) -> str:
    """Return an axis' title; where it is bent the script's ticks are those of the bent column."""
    return f"{bend} {title}" if bend else title


def drawing(state: AppState, points: Points, *functions: str) -> Part:
    """Return the last step: the plane that the page shows, and ``functions`` that draw on it."""
    seen = project(points, state.view.x, state.view.y)
    if seen.line:
        functions = tuple(of_one_column(one) for one in functions)
    plane = [
        f"plane = np.array({seen.matrix.tolist()})",
        f"origin = np.array({seen.offset.tolist()})",
        f"titles = {[_titled(*both) for both in zip(seen.titles, seen.bends, strict=True)]!r}",
    ]
    return Part("The picture, on the page's axes", "\n\n\n".join(["\n".join(plane), *functions]))
