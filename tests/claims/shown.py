"""What the plots of a case show, whichever view it is: for checkers that several views share."""

import re


def points_of(case):
    """Return the points of the view's plots."""
    return case.pipeline.steps.runs(case.state).points if _steps(case) else case.points


def kmeans_of(case):
    """Return the k-means fit of the view's plots."""
    return case.pipeline.steps.runs(case.state).kmeans.fit if _steps(case) else case.kmeans


def gmm_of(case):
    """Return the mixture of the view's plots."""
    if case.state.view.view == "digits":
        return case.pipeline.digits.drawn(case.state).fit
    return case.pipeline.steps.runs(case.state).gmm.fit if _steps(case) else case.gmm


def axis_names(case):
    """Return the titles of both axes, horizontal first, as some caption names them."""
    for sentence in case.spoken.sentences:
        found = re.match(
            r"(?:[\d,]+ points?: )?(.+) against (.+?)(?:, on the same.*)?\.", sentence.text
        )
        if found is not None and sentence.code.startswith("caption."):
            return found[2], found[1]
    raise AssertionError("no caption names the axes")


def _steps(case):
    return case.state.view.view == "steps"


def remembered(work):
    """Return ``work(case)``, done once for each link."""
    known = {}

    def ask(case):
        key = (id(case.pipeline), case.state)
        if key not in known:
            known.clear()  # links come one after the other
            known[key] = work(case)
        return known[key]

    return ask
