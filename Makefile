# 心桥: what a developer types. Every target sets up what it needs; a repeated run is quick.
PYTHON := .venv/bin/python
SETUP := packaging/setup
ROLE ?= operator
ONLY ?=
# Tests that run side by side: one more than there are cores, for some tests wait.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
CHECKS := check-format check-lint check-imports check-dependencies check-rules check-types
packages = $(shell sed 's/\#.*//' $(SETUP)/debian-$(1).txt)

.PHONY: run test soak check bench lab fresh packages upgrade lock softphone check-softphone clean $(CHECKS)
.DELETE_ON_ERROR:

# The console in practice mode; ROLE=lead opens the shift lead's. Without a display it plays a call off screen.
run: build/setup/run.done .venv/run.done
	$(PYTHON) -m console practice --role $(ROLE)

# All tests, in random order, some side by side; what cannot run here is listed at the end with its reason.
# The programs that tests start by the hundred find themselves compiled, whatever the surroundings say of it.
test: build/setup/run.done build/setup/softphone.done build/setup/test.done .venv/dev.done
	PYTHONDONTWRITEBYTECODE= $(PYTHON) -m pytest -n $(WORKERS) --dist loadgroup

# The fault tests in full length: every story, every kill, every example; over an hour.
soak: build/setup/run.done build/setup/test.done .venv/dev.done
	XINQIAO_SOAK=1 $(PYTHON) -m pytest tests/faults -n 2 --dist loadgroup $(ONLY)

# Format, lint, types, import contracts, dependencies and the project's own rules; `make -k check` shows all at once.
check: $(CHECKS)
$(CHECKS): .venv/dev.done
check-format:
	.venv/bin/ruff format --check --quiet .
check-lint:
	.venv/bin/ruff check --quiet .
check-imports:
	.venv/bin/lint-imports --no-logo
check-dependencies:
	.venv/bin/deptry --no-ansi .
check-rules:
	$(PYTHON) -m tests.structure
check-types:
	.venv/bin/mypy

# The measured figures, one JSON object a line; ONLY=name measures one.
bench: build/setup/run.done build/setup/test.done build/setup/bench.done .venv/dev.done
	$(PYTHON) -m tests.bench $(ONLY)

# A real exchange with a queue, three seats, a supervisor and a police line, on loopback.
lab: build/setup/run.done build/setup/test.done .venv/dev.done
	sh packaging/exchange/lab.sh

# Proof that no install step is missing: an empty Debian 12, this commit, `make run` and `make test`.
fresh: build/setup/test.done
	sh $(SETUP)/fresh.sh

# Debian packages of server, gateway and console, in build/deb.
packages: .venv/run.done
	sh packaging/debian/build.sh

# Proof of the packages: an empty Debian 12, an older version installed and at work, upgraded, removed.
upgrade: build/setup/test.done .venv/run.done
	sh packaging/debian/upgrade.sh

# The lock files anew from pyproject.toml.
lock: .venv/dev.done
	sh $(SETUP)/lock.sh

# The script of the telephone inside the console anew from its sources, by npm; the result is kept in the project.
softphone:
	sh packaging/softphone/build.sh resources/softphone

# Proof that the script in the project is what its sources give, byte for byte.
check-softphone:
	sh packaging/softphone/build.sh build/softphone
	cmp build/softphone/phone.js resources/softphone/phone.js
	cmp build/softphone/LICENCES.txt resources/softphone/LICENCES.txt

clean:
	rm -rf build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

build/setup/%.done: $(SETUP)/debian-%.txt
	sh $(SETUP)/system.sh $(call packages,$*)
	@mkdir -p $(@D) && touch $@

.venv/run.done: $(SETUP)/requirements.lock
	sh $(SETUP)/venv.sh $<
	@touch $@

.venv/dev.done: $(SETUP)/requirements-dev.lock $(SETUP)/requirements.lock
	sh $(SETUP)/venv.sh $<
	@touch $@ .venv/run.done
