# Two commands do everything on a machine with Python 3.11: `make demo` and `make test`.
# The rest is for those who work on Linli; DEVELOPERS.md says what each is for.

# The first of these that runs and is new enough. To choose another: make demo PYTHON=/path/to/python
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
lang ?= zh_Hant
tests ?= tests heng linli
VENV := .venv/bin/python
READY := .venv/set-up-is-done

port ?= 8000
.PHONY: demo quarter test test-slow test-all test-postgres bench bench-web bench-intake pictures translations readme lock lint clean

demo: quarter
	@$(VENV) -m linli demo --port $(port) $(options)

quarter: $(READY)
	@$(VENV) -m linli appraise examples/county --period 2026Q3 --lang $(lang) --out out/county-2026Q3

test: $(READY)
	@$(VENV) -m pytest -n auto -q -m "not slow" $(tests)

# The long proofs alone: browsers, killed servers, other programs.
test-slow: $(READY)
	@$(VENV) -m pytest -n auto --dist loadgroup -q -m slow $(tests)

test-all: test test-slow

# The rooms on PostgreSQL, on a server of its own that is thrown away.
test-postgres: $(READY)
	@tests/with_postgres.sh $(VENV) -m pytest -n auto -q tests/rooms tests/journeys/faults/test_twice_on_postgres.py

bench: $(READY)
	@$(VENV) -m benchmarks $(options)

bench-web: $(READY)
	@$(VENV) -m benchmarks.web $(options)

# Requests taken in beside what the database can commit, and none lost when the server is killed; both databases.
bench-intake: $(READY)
	@$(VENV) -m benchmarks.intake $(options)
	@LINLI_TEST_FSYNC=on tests/with_postgres.sh $(VENV) -m benchmarks.intake $(options)

# The ten main pages as pictures in docs/pictures; needs Chromium.
pictures: $(READY)
	@$(VENV) -m tests.journeys.pictures
	@$(VENV) -m tests.journeys.round_pictures

# Gathers the texts of every room, makes Simplified from Traditional, compiles; needs GNU gettext.
translations: $(READY)
	@$(VENV) -m tests.house.translations

readme: $(READY)
	@$(VENV) -m tests.house.write_readme
	@$(VENV) -m tests.spec.write_rules_page

lint: $(READY)
	@$(VENV) -m ruff check .
	@$(VENV) -m ruff format --check .

# Needs uv. The lock holds versions and hashes for every system, and no addresses.
lock:
	@uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate pyproject.toml --all-extras \
		-o requirements.lock

clean:
	@rm -rf .venv .venv-peers out build dist *.egg-info .pytest_cache .hypothesis .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Done once, and again when the lock or pyproject.toml has changed.
$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Linli needs Python 3.11 or newer, and here is only: \
	$$(python3 --version 2>&1 || echo 'no python3')."; echo "Install it, then try again. If it has another name:" \
	"make demo PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Setting up .venv (once; about a minute) ..."
	@test -x $(VENV) || $(PYTHON) -m venv .venv || { rm -rf .venv; \
	echo "$(PYTHON) cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(VENV) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(VENV) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
