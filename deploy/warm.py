"""Does once what visitors do, so that Python compiles what they need while the image is built.

It also shows that nothing was taken out that is used: whatever fails here ends the build.
"""

import contextlib
import io
import os
import tempfile

ROWS = "a,b\n" + "".join(f"{i % 7}.5,{i % 11}.25\n" for i in range(6_000))  # more than 64 kB
VIEWS = ("compare", "steps", "select", "density", "restarts", "digits", "colors")


def main():
    """Ask for health and the page, send a table, and let every view be said in words."""
    import app  # noqa: PLC0415
    from gmm_dash.cli import main as command  # noqa: PLC0415

    client = app.server.test_client()
    for address in ("/healthz", "/"):
        if (status := client.get(address).status_code) != 200:
            raise SystemExit(f"{address} answers {status}.")
    sent = client.post("/tables", data=ROWS.encode())
    if sent.status_code != 200:
        raise SystemExit(f"A table is answered with {sent.status_code}.")
    for view in VIEWS:
        with contextlib.redirect_stdout(io.StringIO()):
            if command(["say", f"?view={view}&n=60&k=2"]):
                raise SystemExit(f"{view} cannot be said.")
    for name in ("gunicorn.app.wsgiapp", "gunicorn.config", "gmm_dash.serving.worker"):
        __import__(name)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GMM_DASH_STORE"] = folder
        main()
