"""Hypothesis strategies shared by the tests: every setting is fuzzed from its declaration."""

from hypothesis import strategies as st

from gmm_dash.state import TABLE_DATA, AppState
from gmm_dash.state.fields import (
    LAST,
    Called,
    Choice,
    Flags,
    Frame,
    Kept,
    Names,
    Number,
    Numbers,
    Text,
    Treatments,
    join_list,
)

_names = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=12)


def values(spec):  # noqa: C901, PLR0911  (one return for each kind of setting)
    """Every value that a declaration accepts."""
    match spec:
        case Choice():
            return st.sampled_from(spec.options())
        case Flags():
            return st.lists(st.sampled_from(spec.options()), unique=True)
        case Frame():
            return st.just(LAST) | st.integers(0, spec.high)
        case Names():
            return st.lists(_names.filter(bool), max_size=6, unique=True)
        case Treatments():
            one = st.tuples(st.sampled_from(spec.options), _names.filter(bool)).map(":".join)
            return st.lists(one, max_size=5, unique_by=lambda item: item.partition(":")[2])
        case Called():
            one = st.tuples(st.integers(1, spec.most), _names.filter(bool))
            pairs = st.lists(one, max_size=4, unique_by=lambda pair: pair[0]).map(sorted)
            return pairs.map(lambda found: [f"{number}:{name}" for number, name in found])
        case Kept():
            known = {key: one for key, one in spec.specs().items() if key in spec.keys}
            some = st.fixed_dictionaries(
                {}, optional={key: values(one) for key, one in known.items()}
            )
            return some.map(lambda found: [f"{key}:{_in_link(found[key])}" for key in found])
        case Numbers():
            one = st.floats(-spec.largest, spec.largest, allow_subnormal=False)
            return st.lists(one, max_size=8)
        case Text():
            return _names
        case Number() if spec.kind is int:
            return st.integers(int(spec.low), int(spec.high))
    return st.floats(spec.low, spec.high, allow_subnormal=False)


def _in_link(value):
    return join_list(tuple(value)) if isinstance(value, list) else str(value)


flats = st.fixed_dictionaries({key: values(spec) for key, spec in AppState.fields().items()})
states = flats.map(AppState.from_flat)


def _tame(flat):
    """A state that is quick to fit: any data set of the program's own, few points, small K."""
    own = flat["data"] if flat["data"] not in (*TABLE_DATA, "digits") else "blobs"
    small = {"n": min(flat["n"], 90), "k": min(flat["k"], 5), "n_init": min(flat["n_init"], 2)}
    # Without regularisation a fit may rightly refuse points that lie on a line.
    bounded = {"max_iter": min(flat["max_iter"], 40), "reg": max(flat["reg"], 1e-6)}
    bounded |= {"cols": [], "label": "", "table": "", "transform": [], "pin": [], "pcs": 0.0}
    return AppState.from_flat(flat | small | bounded | {"data": own})


small_states = flats.map(_tame)
