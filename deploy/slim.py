"""Takes out of a virtual environment what a running dashboard never opens: slim.py FOLDER.

Run once while the image is built. Tests, headers, sources of compiled modules and maps of
scripts are of no use to anybody but the makers of the packages; the libraries named below
belong to parts of pyarrow that nothing here imports.
"""

import shutil
import sys
from pathlib import Path

FOLDERS = ("__pycache__", "tests", "test")
ENDINGS = (
    *(".pyx", ".pxd", ".pyi", ".pxi", ".tp", ".h", ".hpp", ".c", ".cc", ".cpp", ".f90"),
    *(".a", ".map"),
)
BY_NAME = (
    "pip",
    "pip-*.dist-info",
    "pyarrow/include",
    "pyarrow/src",
    "pyarrow/*flight*",
    "pyarrow/*_s3*",
    "pyarrow/*_cpp_tests*",
    "plotly/labextension",
    "plotly/package_data/datasets",
    "plotly/package_data/widgetbundle.js",
)


def wanted_out(packages):
    """Yield what is to go from a folder of packages: files, and folders as a whole."""
    for pattern in BY_NAME:
        yield from packages.glob(pattern)
    for path in packages.rglob("*"):
        if path.name in FOLDERS if path.is_dir() else path.name.endswith(ENDINGS):
            yield path


def slim(environment):
    """Remove it; return the bytes that went."""
    gone = 0
    (packages,) = environment.glob("lib/python*/site-packages")
    rest = [environment / "share", environment / "etc", *environment.glob("bin/pip*")]
    for path in [*wanted_out(packages), *rest]:
        inside = [path, *path.rglob("*")] if path.is_dir() else [path]
        gone += sum(one.lstat().st_size for one in inside if one.is_file())
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return gone


if __name__ == "__main__":
    print(f"{slim(Path(sys.argv[1])) / 1e6:,.0f} MB of the packages are not needed.")
