# Two commands: `make report` installs everything and runs the main job; `make test` runs the tests.
# PYTHON is any Python from 3.11 on. Pip's own settings (an index of your own, say) hold here too.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: report test clean

report: $(VENV)/.installed
	$(BIN)/python -m drift report fixtures/kazakhstan-2022

test: $(VENV)/.installed-test
	$(BIN)/python -m pytest

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "drift needs Python 3.11 or newer; try make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/.installed-test: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test,notebook,formats]'
	touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV)
