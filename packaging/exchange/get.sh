#!/bin/sh
# Prints the root of a file system that holds an Asterisk: "/" when one is on PATH, else a Debian folder made once.
set -eu

suite=forky # the first Debian suite after bookworm that carries Asterisk
folder="${XINQIAO_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/xinqiao}/asterisk"

say() { printf '%s\n' "$*" >&2; }

if command -v asterisk >/dev/null 2>&1; then
    echo /
    exit 0
fi
if [ -x "$folder/usr/sbin/asterisk" ]; then
    echo "$folder"
    exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
    say "No asterisk on PATH. Install the package asterisk, or run this once as root: it makes $folder (about 500 MB)."
    exit 69
fi

install_tools() {
    if ! command -v debootstrap >/dev/null 2>&1; then
        apt-get update -qq >&2
        apt-get install -y -qq --no-install-recommends debootstrap >&2
    fi
}

# The same mirror that this machine already installs from, so that no address has to be known here.
mirror() {
    apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' |
        awk '$2 !~ /security|updates|backports/ && $1 ~ /\/debian\/?$/ { print $1; exit }'
}

mkdir -p "$(dirname "$folder")"
exec 9>"$folder.lock"
flock 9 # two starters at once: the second finds the finished folder
if [ ! -x "$folder/usr/sbin/asterisk" ]; then
    install_tools
    source="$(mirror)"
    if [ -z "$source" ]; then
        say "apt names no Debian mirror on this machine: install the package asterisk by hand."
        exit 69
    fi
    # An older debootstrap has no script called like the suite; all suites since sid's take the same steps.
    script=/usr/share/debootstrap/scripts/sid
    making="$folder.making"
    rm -rf --one-file-system "$making"
    say "Making $folder (about 500 MB, one minute) ..."
    if ! debootstrap --variant=minbase --include=asterisk "$suite" "$making" "$source" "$script" \
        >"$folder.log" 2>&1; then
        say "debootstrap failed; its last words (all in $folder.log):"
        tail -n 5 "$folder.log" >&2
        exit 70
    fi
    if grep -q " $making/" /proc/mounts; then # never move a folder that still holds a mount
        awk -v root="$making/" 'index($2, root) == 1 { print $2 }' /proc/mounts | sort -r | xargs -r -n1 umount
    fi
    rm -rf "$making/var/cache/apt/archives" "$making/var/lib/apt/lists" "$making/usr/share/doc"
    mv "$making" "$folder"
fi
echo "$folder"
