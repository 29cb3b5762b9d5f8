# Every command sets up what it needs: a virtual environment in .venv with the pinned
# packages, and for the tests a browser. `make help` lists them.

HOST ?= 127.0.0.1
PORT ?= 8050
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NODE := browser/node_modules
NPM := npm --prefix browser --silent --no-fund --no-audit
PY := $(BIN)/python
# Two tests at a time: enough for a laptop, and browsers are not starved.
WORKERS ?= 2
TESTS ?=
LOAD ?=
BENCH ?=

# On problems this small, threads in the linear algebra only wait for each other.
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1
export MKL_NUM_THREADS ?= 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export HOST PORT

SOURCES := app.py gunicorn.conf.py gmm_dash tests benchmarks supply deploy handbook
CODE = $(wildcard $(SOURCES))

.DEFAULT_GOAL := help
.PHONY: help run serve test check contract scripts plotly bench load audit image test-image pins site bill licences format chrome nginx clean

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r a b; do printf '%-14s %s\n' "$$a" "$$b"; done

run: $(VENV)/.runtime ## start the dashboard on http://127.0.0.1:8050 (HOST, PORT, FILE=table.csv)
	$(PY) app.py $(if $(FILE),"$(FILE)") --host "$(HOST)" --port "$(PORT)"

serve: $(VENV)/.runtime ## the same under gunicorn, as in production
	$(PY) -m gunicorn app:server

# In the order of their folders: those in a browser take longest, and come first.
test: check chrome nginx ## format, lint, types, import rules, then every test
	$(NPM) test
	$(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(TESTS)

check: $(VENV)/.dev $(NODE)/.installed ## the checks that run no code of the dashboard
	$(NPM) run check
	$(PY) -m ruff format --check $(CODE)
	$(PY) -m ruff check $(CODE)
	$(PY) -m mypy
	$(PY) -c 'from importlinter.cli import lint_imports_command as c; c()' --no-cache

format: $(VENV)/.dev $(NODE)/.installed ## format the code and repair what the linters can
	$(NPM) run format
	$(PY) -m ruff format $(CODE)
	$(PY) -m ruff check --fix $(CODE)

contract: $(VENV)/.runtime ## write what the browser knows of ids, settings and sentences
	$(PY) -m gmm_dash.contract

scripts: contract $(NODE)/.installed ## make the page's scripts in assets/ from browser/src
	$(NPM) run build

plotly: ## build the plotly.js that is served from its npm source (needs node 20 and npm)
	cd browser/plotly && npm ci --ignore-scripts --no-audit --no-fund && node build.mjs

bench: $(VENV)/.dev ## the engine beside scikit-learn, the page beside plain Dash (BENCH="--only page")
	$(PY) -m benchmarks $(BENCH)

load: $(VENV)/.dev ## a class of 300 against gunicorn on this machine (LOAD="--seconds 20")
	$(PY) -m benchmarks.load $(LOAD)

audit: $(VENV)/.dev ## known security holes (asks PyPI, or a folder: ADVISORIES=path)
ifdef ADVISORIES
	$(PY) -m supply.audit "$(ADVISORIES)"
else
	$(PY) -m pip_audit --strict --no-deps --disable-pip -r requirements.txt
	$(PY) -m pip_audit --strict --no-deps --disable-pip -r requirements-cluster.txt
endif

image: ## build the image with docker, podman or buildah (BASE=image, EXTRA=-cluster)
	deploy/image.sh build

test-image: $(VENV)/.dev ## build the image, run it, stop it under load (BASE=image)
	$(PY) -m pytest -rP tests/image/drive.py

pins: $(VENV)/.dev ## requirements*.txt from pyproject.toml, with hashes (UPGRADE=1 for newer versions)
	$(PY) -m pip install -q "uv==0.13.9"
	$(PY) -m supply.pins $(if $(UPGRADE),--upgrade)

site: $(VENV)/.dev chrome ## the documentation as a site with pictures, build/site
	$(PY) -m handbook.pictures
	$(PY) -m mkdocs build -q

bill: $(VENV)/.dev ## the software bill of materials, build/gmm-dash.cdx.json (CycloneDX)
	$(PY) -m supply.bill build/gmm-dash.cdx.json

licences: $(VENV)/.dev ## write THIRD_PARTY.md, the terms of what others made
	$(PY) -m supply.bundled

clean: ## remove the virtual environment and all caches
	rm -rf $(VENV) $(NODE) browser/.tests .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# -- set-up ---------------------------------------------------------------------------

as_root = $(if $(filter 0,$(shell id -u)),,sudo )
can_apt = command -v apt-get >/dev/null && { [ "$$(id -u)" = 0 ] || command -v sudo >/dev/null; }
apt_install = $(as_root)apt-get update -qq && $(as_root)env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends
stop = { echo "$(1)" >&2; exit 1; }

$(PY):
	@command -v $(PYTHON) >/dev/null || \
	  $(call stop,Python 3.11 or newer is needed: install it or name it with PYTHON=/path/to/python3.)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  $(call stop,Python 3.11 or newer is needed; $(PYTHON) is older. Name another with PYTHON=/path/to/python3.)
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  version="$$($(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')"; \
	  { $(can_apt) && $(apt_install) "python$$version-venv"; } || \
	  $(call stop,$(PYTHON) cannot make virtual environments: install the package python3-venv first.); }
	$(PYTHON) -m venv $(VENV)

# A stamp is newer than what it was made from: a changed pin installs again.
$(VENV)/.runtime: requirements.txt | $(PY)
	$(PY) -m pip install -q -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt requirements-cluster.txt $(VENV)/.runtime
	$(PY) -m pip install -q -r requirements-dev.txt
	@touch $@

BROWSERS := chromium chromium-browser google-chrome google-chrome-stable chrome

# The browser's half is checked and built with what its lock file names. Running needs none of it.
$(NODE)/.installed: browser/package.json browser/package-lock.json
	@command -v npm >/dev/null || { $(can_apt) && $(apt_install) npm; } || \
	  $(call stop,The checks of the browser's half need Node 18 or newer with npm: install them first.)
	$(NPM) ci
	@touch $@

chrome: ## find Chrome or Chromium for the tests, or install Debian's
	@for name in $(BROWSERS); do command -v $$name >/dev/null && exit 0; done; \
	[ -n "$$CHROME" ] && [ -x "$$CHROME" ] && exit 0; \
	echo "No Chrome or Chromium found: installing Debian's chromium."; \
	{ $(can_apt) && $(apt_install) chromium fonts-liberation; } || \
	$(call stop,The browser tests need Chrome or Chromium: install one or name it with CHROME=/path/to/chrome.)

# Unpacked, not installed: a package would start a server, and wants root.
nginx: $(VENV)/.dev ## find nginx for the tests of the proxy, or unpack Debian's
	@for folder in /usr/sbin /usr/local/sbin $(VENV)/nginx/usr/sbin; do [ -x $$folder/nginx ] && exit 0; done; \
	command -v nginx >/dev/null && exit 0; \
	cd $(VENV) && { apt-get -qq download nginx || { $(can_apt) && $(as_root)apt-get update -qq && apt-get -qq download nginx; }; } 2>/dev/null && \
	  dpkg-deb -x nginx_*.deb nginx && rm nginx_*.deb && nginx/usr/sbin/nginx -v 2>/dev/null || \
	{ rm -rf nginx; echo "No nginx can be had: what needs it is skipped."; }
