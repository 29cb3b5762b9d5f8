"""Every number of the page and every setting, defined once, below the list of lessons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import html

from gmm_dash import ids
from gmm_dash.explain import GLOSSARY
from gmm_dash.state import AppState

if TYPE_CHECKING:
    from gmm_dash.explain import Term

# What scikit-learn calls a setting; where it has none, the setting is the page's own.
SKLEARN_NAMES: Final = {
    "k": "KMeans(n_clusters), GaussianMixture(n_components)",
    "cov": "GaussianMixture(covariance_type)",
    "init": "GaussianMixture(init_params)",
    "n_init": "KMeans(n_init), GaussianMixture(n_init)",
    "seed": "KMeans(random_state), GaussianMixture(random_state)",
    "tol": "GaussianMixture(tol)",
    "max_iter": "GaussianMixture(max_iter)",
    "reg": "GaussianMixture(reg_covar)",
    "kinit": "KMeans(init)",
    "scale": "sklearn.preprocessing.StandardScaler",
}
_BETTER: Final = {"lower": " Lower is better.", "higher": " Higher is better."}


def place(name: str) -> str:
    """Return the id of the entry of a term, or of a setting by its URL key."""
    return f"term-{name}"


def build() -> html.Section:
    """Return the glossary: sentence, formula and scikit-learn name of each."""
    terms = sorted(GLOSSARY.items(), key=lambda pair: pair[1].name.casefold())
    settings = [spec for spec in AppState.fields().values() if spec.help]
    settings.sort(key=lambda spec: spec.label.casefold())
    return html.Section(
        [
            html.H3("Glossary", id=ids.GLOSSARY, tabIndex="-1"),
            html.P("Press any “?” of the page to come here.", className="hint"),
            html.Dl([part for name, term in terms for part in _term(name, term)]),
            html.H3("Settings"),
            html.Dl(
                [
                    part
                    for spec in settings
                    for part in _entry(
                        spec.key, spec.label, spec.help, "", SKLEARN_NAMES.get(spec.key, "")
                    )
                ]
            ),
        ],
        className="glossary",
    )


def _term(name: str, term: Term) -> list[html.Dt | html.Dd]:
    sentence = term.sentence + _BETTER.get(term.better, "")
    return _entry(name, term.name, sentence, term.formula, term.source)


def _entry(
    name: str, title: str, sentence: str, formula: str, source: str
) -> list[html.Dt | html.Dd]:
    parts = [html.Div(sentence)]
    if formula:
        parts.append(html.Div(formula, className="help-formula"))
    if source:
        parts.append(html.Div(source, className="help-source"))
    return [html.Dt(title, id=place(name), tabIndex="-1"), html.Dd(parts)]
