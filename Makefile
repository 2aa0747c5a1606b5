# The commands of the course. `make` alone lists them.

VENV   = .venv
PORT   ?= 8888
JOBS   ?= 2
TIMES  ?= 20
SECONDS ?= 60
PY     := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts/python.exe,bin/python)
export PYTHON PORT VENV

# $(call set-up,FLAGS): find a Python, then make $(VENV) and install what is missing.
set-up = @python=$$(sh tools/python.sh) && \
	"$$python" -m tools.setup --venv "$$VENV" $(1) $(if $(PYTHON),--this-python)

.PHONY: help setup setup-dev lab test bench interop flips fuzz notebooks soak lint facts agreement lock clean

help:  ## list these commands
	@echo "How HTTPS Works: the commands"
	@sed -n 's/^\([a-z-]*\):[^#]*## /  make \1	/p' Makefile | expand -t 20

setup:  ## create .venv with the course's packages (PYTHON=python3.13 chooses one)
	$(call set-up)

setup-dev:  ## the same, and the development tools
	$(call set-up,--dev)

lab: setup  ## set up, then open JupyterLab on the first notebook (PORT=8889, OPEN=no)
	@exec $(PY) -m tools.lab --port "$$PORT" $(if $(filter no,$(OPEN)),--no-browser)

test: setup-dev lint  ## set up, then lint, unit tests, exercise proofs, every notebook (JOBS=2)
	@$(PY) -c "import matplotlib.font_manager"
	@mkdir -p build && date +%s > build/test-start
	$(PY) -m pytest --nbval -n $(JOBS) --dist loadscope --no-loadscope-reorder
	@echo $$(($$(date +%s) - $$(cat build/test-start))) > build/test-seconds

soak: setup-dev  ## run the notebooks many times and compare each run (TIMES=20)
	$(PY) -m tools.soak $(TIMES) --jobs $(JOBS)

lint: setup-dev  ## ruff over the code and the notebooks
	$(PY) -m ruff check .

bench: setup-dev  ## measure, print the table, write build/bench.json
	$(PY) -m tools.bench

interop: setup-dev  ## meet every other TLS that is installed here, print who understood whom
	@$(PY) -m tools.interop

flips: setup-dev  ## flip every bit of whole handshakes, print which check noticed (JOBS=2)
	$(PY) -m tools.flips --jobs $(JOBS)

fuzz: setup-dev  ## throw made-up bytes at every parser and both state machines (SECONDS=60 each)
	$(PY) -m tools.fuzz --seconds $(SECONDS)

notebooks: setup-dev  ## run every notebook again and normalise what is saved
	$(PY) -m tools.notebooks

facts: setup-dev  ## how old the dated facts are, and which to check again
	@$(PY) -m tools.facts

agreement: setup-dev  ## judge 3,000 chains three ways, write docs/validators.md
	$(PY) -m tools.agree

lock: setup-dev  ## write the exact versions down again (UPGRADE=yes takes the newest)
	$(PY) -m tools.lock $(if $(UPGRADE),--upgrade)

clean:  ## remove what these commands made; notebooks and answers stay
	rm -rf .venv .venv-* build .pytest_cache .ruff_cache .hypothesis
	find helpers tests tools -name __pycache__ -prune -exec rm -rf {} +

.DEFAULT:
	@echo "There is no command 'make $@': make help lists those there are." >&2; exit 2
