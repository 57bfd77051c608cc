#!/bin/sh
# Writes both lock files anew from pyproject.toml, with the newest versions that fit and Qt at the tested one.
set -eu
here=packaging/setup
work=build/lock
python=.venv/bin/python
rm -rf "$work"
mkdir -p "$work"
"$python" -m venv "$work/venv"
"$python" - > "$work/wanted.txt" <<'PYTHON'
import tomllib

with open("pyproject.toml", "rb") as file:
    project = tomllib.load(file)
print(*project["build-system"]["requires"], *project["project"]["dependencies"], sep="\n")
PYTHON
printf '%s\n' PySide6_Essentials==6.11.3 PySide6_Addons==6.11.3 > "$work/tested.txt"

pins() {
    "$work/venv/bin/python" -m pip --disable-pip-version-check freeze --all --exclude-editable | grep -v '^pip=='
}

install() {
    "$work/venv/bin/python" -m pip --disable-pip-version-check install -q "$@"
}

install --upgrade -c "$work/tested.txt" -r "$work/wanted.txt"
pins > "$work/run.txt"
{
    echo "# What the program runs with, as tested (Linux). Made by \`make lock\`; edit pyproject.toml instead."
    cat "$work/run.txt"
} > "$here/requirements.lock"

install -c "$work/run.txt" -c "$work/tested.txt" --no-build-isolation -e '.[dev,softphone]'
pins > "$work/dev.txt"
{
    echo "# What checks and tests need besides, as tested (Linux). Made by \`make lock\`; edit pyproject.toml instead."
    echo "-r requirements.lock"
    grep -v -x -F -f "$work/run.txt" "$work/dev.txt"
} > "$here/requirements-dev.lock"
