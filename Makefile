# `make help` lists the targets. What they need is set up in .venv by itself, once, from the lock files.

PYTHON ?= python3
UV ?= uv
OUT ?= _build/site

PY := .venv/bin/python
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check
WHEEL := $(INSTALL) --only-binary :all: --require-hashes
LOCK := pip compile --quiet --universal --fork-strategy fewest --generate-hashes --python-version 3.11 \
	--no-emit-index-url --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

# what pyproject.toml asks for in one extra alone
EXTRA := import sys, tomllib; \
	print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"][sys.argv[1]], sep="\n")

# one make after another: what is held is let go when the command ends, whichever way
ALONE := import fcntl, os, sys; held = os.open("Makefile", os.O_RDONLY); fcntl.flock(held, fcntl.LOCK_EX); \
	os.set_inheritable(held, True); os.execvp(sys.argv[1], sys.argv[1:])

.DEFAULT_GOAL := help
.NOTPARALLEL: # the builders share one doctree
.PHONY: help html revealjs site live new outline coverage linkcheck check pdf handout pptx film poster offline verify test fuzz lint bench words lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

html: .venv/build-ready ## the articles, in _build/html
	@$(PY) -m paperdeck build --only html

revealjs: .venv/build-ready ## the decks, in _build/revealjs, with a shelf as index.html
	@$(PY) -m paperdeck build --only revealjs

site: .venv/build-ready ## both as they are hosted: articles at the root, decks under slides/, in _build/site or OUT=folder
	@$(PY) -m paperdeck build --site --out "$(OUT)"

live: .venv/build-ready ## both, on http://127.0.0.1:8000 and /slides/, shown anew on every save
	@$(PY) -m paperdeck live

new: .venv/build-ready ## a paper to begin with, PAPER=slug (BIB=file: its BibTeX entry; OUTLINE=file; DRY=1: printed)
	$(PY) -m paperdeck new "$(PAPER)" $(if $(BIB),--bib "$(BIB)") $(if $(OUTLINE),--outline "$(OUTLINE)") $(if $(DRY),--dry-run)

outline: .venv/build-ready ## the outline of the talk of PAPER=slug, printed
	@$(PY) -m paperdeck outline "$(PAPER)"

coverage: .venv/build-ready ## where PAPER=slug carries each point of OUTLINE=file (LEAST=percent; HTML=file: as a page)
	@$(PY) -m paperdeck coverage "$(PAPER)" "$(OUTLINE)" $(if $(LEAST),--least "$(LEAST)") $(if $(HTML),--html "$(HTML)")

linkcheck: .venv/build-ready ## follow every link to other sites
	$(PY) -m sphinx -q -E -W --keep-going -b linkcheck -d _build/linkcheck-doctrees . _build/linkcheck

check: .venv/test-ready ## what a browser finds wrong with both outputs (PICTURES=folder: shown there)
	@$(PY) -m paperdeck build
	@$(PY) -m paperdeck check _build/html _build/revealjs --all-rules $(if $(PICTURES),--pictures "$(PICTURES)")

pdf: .venv/test-ready ## decks and articles as PDF, in _build/exports (STEPS=1: a page for each step)
	@$(PY) -m paperdeck build
	@$(PY) -m paperdeck pdf $(if $(STEPS),--steps)

handout: .venv/test-ready ## each slide above what is said about it, two a page, as PDF, in _build/exports
	@$(PY) -m paperdeck build
	@$(PY) -m paperdeck handout

pptx: .venv/test-ready ## the decks as PowerPoint: pictures, titles and notes (EDITABLE=1: texts, tables, charts), in _build/exports
	@$(PY) -m paperdeck build
	@$(PY) -m paperdeck pptx $(if $(EDITABLE),--editable)

film: .venv/test-ready ## the steps of each deck as pictures with their times (RECORDING=file PAPER=slug: as a video, by ffmpeg)
	@$(PY) -m paperdeck build
	@$(PY) -m paperdeck film $(if $(RECORDING),--recording "$(RECORDING)") $(if $(PAPER),--only "$(PAPER)/index.html")

poster: .venv/test-ready ## a page of A0 from the slides of the class “poster” of each deck, as PDF, in _build/exports
	@$(PY) -m paperdeck build
	@$(PY) -m paperdeck poster

offline: .venv/build-ready ## decks and articles as one file each, and the site to unpack, in _build/exports
	@$(PY) -m paperdeck build --site
	@$(PY) -m paperdeck offline _build/site --zip

verify: .venv/test-ready ## each number of PAPER=slug looked for in the paper's own text, TEXT=file (UPDATE=1: kept)
	$(PY) -m paperdeck verify papers/$(PAPER) $(TEXT) $(if $(KEY),--key $(KEY)) $(if $(UPDATE),--update) $(if $(PAGE),--page $(PAGE))

test: .venv/test-ready ## all tests, the browser's too
	$(PY) -m tests.browser.chromium
	$(PY) -m pytest -n auto

fuzz: .venv/test-ready ## hostile input, N=10000 cases of every kind, others with SEED=1
	$(PY) -m tests.fuzz $(or $(N),10000) $(or $(SEED),0)

lint: .venv/test-ready ## ruff, mypy and the spelling of the prose
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	$(PY) -m tests.spelling

bench: .venv/test-ready ## how long both outputs take, against plain Sphinx
	$(PY) -m tests.bench

words: .venv/test-ready ## take our words from the sources for the translators, and compile the languages
	$(PY) -m tests.catalogues

lock: ## choose the versions in requirements/ anew (UPGRADE=1: the newest); needs uv
	$(UV) $(LOCK) --extra site --output-file requirements/build.txt pyproject.toml
	$(UV) $(LOCK) --extra site --extra verify --extra check --extra exports --extra test --constraint requirements/build.txt \
		--output-file requirements/test.txt pyproject.toml
	for extra in diagrams pictures; do $(PYTHON) -c '$(EXTRA)' $$extra | \
		$(UV) $(LOCK) --no-annotate --output-file requirements/$$extra.txt -; done

clean: ## remove what was built; .venv stays
	rm -rf _build

ifdef SETTING_UP
.venv/build-ready: requirements/build.txt requirements/diagrams.txt requirements/pictures.txt
	@echo "Setting up .venv from $<; this happens once."
	$(if $(wildcard $@),,$(PYTHON) -m venv --clear .venv) # what was interrupted begins anew
	@rm -f .venv/build-ready .venv/test-ready
	$(INSTALL) --require-hashes -r $<
	@$(WHEEL) -r requirements/diagrams.txt || echo "Going on without merman: the reader's browser will draw the diagrams."
	@$(WHEEL) -r requirements/pictures.txt || echo "Going on without vl-convert: links to pages will show no picture."
	touch $@

.venv/test-ready: requirements/test.txt .venv/build-ready
	@echo "Adding what the tests need from $<; this happens once."
	$(INSTALL) --require-hashes -r $<
	touch $@
else
.venv/build-ready: requirements/build.txt requirements/diagrams.txt requirements/pictures.txt
.venv/test-ready: requirements/test.txt .venv/build-ready
.venv/build-ready .venv/test-ready:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "paperdeck needs Python 3.11 or later, and $(PYTHON) is " + sys.version.split()[0] + "; name another: make PYTHON=python3.11")'
	@$(PYTHON) -c '$(ALONE)' $(MAKE) --no-print-directory SETTING_UP=1 $@
endif
