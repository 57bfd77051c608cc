#!/bin/sh
# A real exchange on loopback with a queue, three seats, a supervisor and a police line, until Ctrl-C. --help tells more.
set -eu
cd "$(dirname "$0")/../.."
exec .venv/bin/python -m tests.support.lab "$@"
