#!/bin/sh
# Installs the named Debian packages that are missing, as root or with sudo; otherwise says exactly which to install.
set -eu

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "This is not Debian: nothing was installed. Needed, by Debian's names: $*" >&2
    exit 0
fi

is_installed() {
    state=$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) && [ "$state" = installed ]
}

missing=""
for package in "$@"; do
    # from Debian 13 on some libraries carry the mark of the 64-bit time in their names
    is_installed "$package" || is_installed "${package}t64" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    as_root=sudo
else
    echo "System packages are missing and this account cannot install them. As root, run:" >&2
    echo "    apt-get install --no-install-recommends$missing" >&2
    echo "and then the same make command again." >&2
    exit 1
fi

echo "Installing system packages:$missing"
$as_root apt-get -q update
# shellcheck disable=SC2086 # one word for each package
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install $missing
