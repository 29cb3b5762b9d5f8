"""A piece of Python that a user takes away: its steps, and the same as one script."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

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
    needs : str
        The packages it uses.
    parts : tuple of Part
        The last one defines ``picture()``.
    """

    stem: str
    title: str
    needs: str
    parts: tuple[Part, ...]


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
    own = sorted(line for line in every if line == "import io")
    packages = sorted(every - set(own), key=lambda line: line.split()[1].lower())
    return "\n".join([*own, *([""] if own else []), *packages])


def call(target: str, data: str = "Z", **settings: object) -> str:
    """Return ``target(name=value, ...).fit(data)``, one setting a line."""
    lines = [f"    {name}={value!r}," for name, value in settings.items()]
    return "\n".join([f"{target}(", *lines, f").fit({data})"])


def kmeans_call(fit: KMeansFit, data: str = "Z", target: str = "kmeans") -> str:
    """Return the one start of scikit-learn's ``KMeans`` that is ``fit``."""
    return call(
        f"{target} = KMeans",
        data,
        n_clusters=fit.n_clusters,
        init=str(fit.init),
        n_init=1,
        tol=fit.tol,
        max_iter=fit.max_iter,
        random_state=fit.random_state,
    )


def mixture_call(fit: MixtureFit, data: str = "Z", target: str = "mixture") -> str:
    """Return the one start of scikit-learn's ``GaussianMixture`` that is ``fit``."""
    return call(
        f"{target} = GaussianMixture",
        data,
        n_components=fit.n_components,
        covariance_type=str(fit.covariance_type),
        init_params=str(fit.init),
        n_init=1,
        tol=fit.tol,
        reg_covar=fit.reg_covar,
        max_iter=fit.max_iter,
        random_state=fit.random_state,
    )


def scaling_imports(state: AppState) -> tuple[str, ...]:
    """Return what :func:`scaling` imports."""
    if state.data.scale == "standard":
        return ("from sklearn.preprocessing import StandardScaler",)
    return ()


def scaling(state: AppState) -> Part:
    """Return the step from the data ``X`` to what the models see, ``Z``."""
    lines = ["X = np.ascontiguousarray(X, dtype=float)"]
    if state.data.scale == "standard":
        lines.append("Z = StandardScaler().fit_transform(X)  # mean 0, standard deviation 1")
    else:
        lines.append("Z = X  # the columns as they are")
    return Part("What the models see", "\n".join(lines))


def axes(state: AppState, points: Points) -> str:
    """Return the affine map from what the models see to the two axes of the page."""
    seen = project(points, state.view.x, state.view.y)
    return "\n".join(
        [
            f"plane = np.array({seen.matrix.tolist()})",
            f"origin = np.array({seen.offset.tolist()})",
            f"titles = {list(seen.titles)!r}",
        ]
    )
