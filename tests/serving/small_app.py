"""A small dashboard with every kind of callback, served like the real one."""

import threading
from contextlib import contextmanager

import dash
import flask
from dash import ALL, MATCH, Dash, Input, Output, State, dcc, html
from flask import request
from werkzeug.serving import WSGIRequestHandler, make_server

from gmm_dash import serving
from gmm_dash.callbacks.declare import Declared, answers
from gmm_dash.config import Config


class Calls:
    """How often each callback ran, and what it may be told to do."""

    def __init__(self):
        self.sums, self.pieces, self.slow = 0, 0, None
        self.fail = self.private = self.notice = False


def build(
    config=None,
    layout=None,
    assets="/nonexistent",
    cacheable=None,
    admission=None,
    checks=None,
):
    """Return the Dash app and its call counter."""
    config = config or Config(store="/nonexistent")
    app = Dash(
        "small",
        url_base_pathname=config.base_path,
        suppress_callback_exceptions=True,
        assets_folder=str(assets),
    )
    app.layout = layout or html.Div([dcc.Input(id="a"), dcc.Store(id="b"), html.Div(id="sum")])
    calls = Calls()
    _register_sum(app, calls)
    _register_shapes(app)
    _register_pieces(app, calls)
    serving.attach(
        app.server,
        config,
        script_hashes=app.csp_hashes(),
        callbacks=app.callback_map,
        policy=serving.Policy(
            cacheable or Declared(app.callback_map).shared,
            used=str,
            admission=admission or serving.Admission(serving.lanes()),
        ),
        endpoints=serving.Endpoints((), "take_piece", "take_frame"),
        checks=checks or {},
        plain={},
    )
    app.server.test_client().get(config.base_path)
    return app, calls


def _register_sum(app, calls):
    @app.callback(Output("sum", "children"), Input("a", "value"), State("b", "data"))
    @answers("shared")
    def add(a, b):
        calls.sums += 1
        if calls.slow:
            calls.slow.wait(10)
        if calls.fail:
            raise RuntimeError("a secret value of the data")
        if calls.private:
            dash.ctx.response.set_header("Cache-Control", "no-store")
        if calls.notice:
            dash.set_props("z", {"children": "The table is gone."})
        return f"{a!r} and {b!r} " * 200


def _register_shapes(app):
    @app.callback(Output("x", "children"), Output("y", "children"), Input("a", "value"))
    def two(a):
        return a, a

    @app.callback(
        Output({"kind": "out", "n": MATCH}, "children"), Input({"kind": "in", "n": MATCH}, "value")
    )
    def one_of_many(value):
        return str(value)

    @app.callback(Output("all", "children"), Input({"kind": "in", "n": ALL}, "value"))
    def all_of_them(values):
        return str(values)

    app.clientside_callback("(v) => v", Output("z", "children"), Input("a", "value"))


def _register_pieces(app, calls):
    def take(name):
        calls.pieces += 1
        if calls.slow:
            calls.slow.wait(10)
        if calls.fail:
            raise RuntimeError("a secret value of the data")
        answer = flask.jsonify({"rows": [name, request.get_json()] * 200})
        answer.cache_control.no_store = calls.private
        return answer

    for address, endpoint in (("pieces", "take_piece"), ("live", "take_frame")):
        app.server.add_url_rule(
            f"{app.config.routes_pathname_prefix}{address}/<name>", endpoint, take, methods=["POST"]
        )


def body(a=1, b=2, **changes):
    """Return the body a browser sends for the sum."""
    return {
        "output": "sum.children",
        "outputs": {"id": "sum", "property": "children"},
        "inputs": [{"id": "a", "property": "value", "value": a}],
        "state": [{"id": "b", "property": "data", "value": b}],
        "changedPropIds": ["a.value"],
    } | changes


class _Quiet(WSGIRequestHandler):
    def log(self, *_):
        pass


@contextmanager
def running(app):
    """Serve ``app`` on a free port and yield its address."""
    server = make_server("127.0.0.1", 0, app.server, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()
