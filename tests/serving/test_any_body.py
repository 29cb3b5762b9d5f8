"""Whatever is sent in the place of a page's request: an answer or a refusal, never a fault.

The bodies start as what the page sends, for every output in the map of callbacks, and lose
their shape a little; wholly foreign ones are in ``test_guard.py``.
"""

import copy
import json
import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.load.bodies import UPDATE
from gmm_dash.config import Config
from gmm_dash.factory import create_app
from tests.serving.page_bodies import PageBodies

# Silly, not large: no number in here asks for much work.
SILLY = st.sampled_from(
    [
        *(None, True, False, 0, 1, 2, -1, 1.5, 2.0, 1e308, -1e308, 5e-324, 2**63, 2**64 - 1),
        *("", "1", "NaN", "-Infinity", "\x00", "é\u202e", "x" * 9000, "{", "{}.", "a.b", "..", "@"),
        *([], {}, [[]], [None], [{}], {"": 0}, {"id": {}}, ["MATCH"], ["ALL"], [[[[1]]]]),
        *({"kind": "chain"}, {"kind": ["ALL"], "name": ["MATCH"]}, "{\"kind\":1}.data"),
    ]
) | st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(-3, 3) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A client of the real dashboard, and what a page may send it."""
    app = create_app(Config(store=str(tmp_path_factory.mktemp("store"))))
    page = PageBodies(app)
    return app.server.test_client(), app.callback_map, page.all() | page.pieces()


@pytest.fixture(scope="module")
def errors():
    """All that is logged as an error, by whomever."""
    found = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = found.append
    logging.getLogger().addHandler(handler)
    yield found
    logging.getLogger().removeHandler(handler)


def places(node, path=()):
    """Yield the path of everything inside ``node``."""
    inside = node.items() if isinstance(node, dict) else enumerate(node)
    for name, inner in inside:
        yield (*path, name)
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, name))


def address_of(key):
    """Return where a body goes: pieces have addresses, callbacks outputs."""
    return key if key.startswith("/") else UPDATE


def holder(body, path):
    for name in path[:-1]:
        body = body[name]
    return body


def replace(body, path, data, bodies):
    holder(body, path)[path[-1]] = copy.deepcopy(data.draw(SILLY))


def drop(body, path, data, bodies):
    del holder(body, path)[path[-1]]


def duplicate(body, path, data, bodies):
    inside, name = holder(body, path), path[-1]
    if isinstance(inside, list):
        inside.append(inside[name])
    else:
        inside[f"{name}2"] = inside[name]


def wrap(body, path, data, bodies):
    holder(body, path)[path[-1]] = [holder(body, path)[path[-1]]]


def swap(body, path, data, bodies):
    """Put in what another callback has in a place of the same kind, if it has one."""
    other = bodies[data.draw(st.sampled_from(sorted(bodies)))]
    alike = [p for p in places(other) if p[0] == path[0] and p[-1] == path[-1]]
    if alike:
        found = data.draw(st.sampled_from(alike))
        holder(body, path)[path[-1]] = copy.deepcopy(holder(other, found)[found[-1]])


CHANGES = (replace, replace, drop, duplicate, wrap, swap, swap)


def test_what_the_page_sends_is_answered(served, errors):
    client, callbacks, bodies = served
    for key, body in bodies.items():
        answer = client.post(address_of(key), json=body)
        is_answered = key.startswith("/") or "callback" in callbacks[key]
        assert answer.status_code == (200 if is_answered else 400), key
    assert not errors


@settings(deadline=None, max_examples=400)
@given(st.data())
def test_a_body_that_has_lost_its_shape_is_answered_or_refused(served, errors, data):
    client, _, bodies = served
    key = data.draw(st.sampled_from(sorted(bodies)))
    body = copy.deepcopy(bodies[key])
    for _ in range(data.draw(st.integers(1, 4))):
        deep = data.draw(st.booleans())
        found = [p for p in places(body) if deep or len(p) < 4]
        if found:
            change = data.draw(st.sampled_from(CHANGES))
            change(body, data.draw(st.sampled_from(found)), data, bodies)
    sent = json.dumps(body)
    answer = client.post(address_of(key), data=sent, content_type="application/json")
    assert answer.status_code < 500, answer.get_data(as_text=True)
    assert not errors, errors.pop().getMessage()
