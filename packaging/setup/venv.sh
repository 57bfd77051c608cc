#!/bin/sh
# Makes the virtual environment .venv where there is none that works, and installs one lock file and the project.
set -eu
lock=$1
here=$(dirname "$0")
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'

usable_python() {
    for name in python3.11 python3.12 python3.13 python3.14 python3; do
        if "$name" -c "$new_enough" 2>/dev/null && "$name" -c 'import ensurepip, venv' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
}

if ! .venv/bin/python -c "$new_enough" 2>/dev/null; then
    # Debian's python3 comes without the two modules that make an environment
    [ -n "$(usable_python)" ] || sh "$here/system.sh" python3 python3-venv
    python=$(usable_python)
    if [ -z "$python" ]; then
        echo "Python 3.11 or newer with its venv module is needed, and none was found." >&2
        exit 1
    fi
    rm -rf .venv
    "$python" -m venv .venv
fi

echo "Installing the Python packages of $lock; the first time takes some minutes."
.venv/bin/python -m pip --disable-pip-version-check install -q -r "$lock"
.venv/bin/python -m pip --disable-pip-version-check install -q --no-deps --no-build-isolation -e .
