#!/bin/sh
# Builds build/deb/xinqiao-{server,gateway,console}_VERSION_ARCH.deb from this commit and the lock file. Each holds its
# Python packages, so that a hospital's machine needs Debian's archive and nothing else.
# VERSION, if set, stands in for the project's (to try an upgrade).
set -eu
here=$(dirname "$0")
out=$(pwd)/build/deb
arch=$(dpkg --print-architecture)
version=${VERSION:-$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)}
python=$(pwd)/.venv/bin/python
abi=$("$python" -c 'import sys; print(f"{sys.version_info[0]}.{sys.version_info[1]}")')
next="${abi%.*}.$((${abi#*.} + 1))"
# Wheels are made for one Python: a package built with another than Debian's is for machines that have that one.
python_needed="python$abi | python3 (>= $abi), python$abi | python3 (<< $next)"

build() { # NAME: a folder beside this file; `program` lists what of the project it holds, `without`, if there, which wheels not
    name=$1
    root=$out/$name
    lib=$root/usr/lib/xinqiao-$name
    rm -rf "$root"
    mkdir -p "$lib" "$root/DEBIAN" "$root/usr/bin" "$root/usr/share/doc/xinqiao-$name"
    cp packaging/setup/requirements.lock "$out/$name.lock"
    if [ -e "$here/$name/without" ]; then
        names=$(paste -s -d '|' "$here/$name/without")
        grep -v -i -E "^($names)==" packaging/setup/requirements.lock > "$out/$name.lock"
    fi
    "$python" -m pip --disable-pip-version-check install -q -q --no-deps --no-compile \
        --target "$lib/packages" -r "$out/$name.lock"
    rm -rf "$lib/packages/bin"
    # shellcheck disable=SC2046 # one word for each folder
    git archive HEAD $(cat "$here/$name/program") | tar -x -C "$lib"
    if [ -e "$here/$name/place.sh" ]; then . "$here/$name/place.sh"; fi
    "$python" -m compileall -q -j 0 --invalidation-mode checked-hash -s "$root" -p / "$lib"
    cp README.md "$root/usr/share/doc/xinqiao-$name/"
    cp -r docs "$root/usr/share/doc/xinqiao-$name/docs"
    rm -rf "$root/usr/share/doc/xinqiao-$name/docs/pictures"
    install -m 755 "$here/$name/command" "$root/usr/bin/$(cat "$here/$name/command.name")"
    for unit in "$here/$name"/*.service; do
        [ -e "$unit" ] || continue
        install -D -m 644 "$unit" "$root/lib/systemd/system/$(basename "$unit")"
    done
    for script in preinst postinst prerm postrm; do
        [ ! -e "$here/$name/$script" ] || install -m 755 "$here/$name/$script" "$root/DEBIAN/$script"
    done
    size=$(du -sk "$root" | cut -f 1)
    sed "s/@VERSION@/$version/; s/@ARCH@/$arch/; s/@SIZE@/$size/; s/@PYTHON@/$python_needed/" \
        "$here/$name/control" > "$root/DEBIAN/control"
    dpkg-deb --root-owner-group -Zxz -z1 -b "$root" "$out/xinqiao-${name}_${version}_$arch.deb" > "$out/$name.log"
    rm -rf "$root"
    ls "$out/xinqiao-${name}_${version}_$arch.deb"
}

mkdir -p "$out"
[ $# -gt 0 ] || set -- server gateway console
for one in "$@"; do build "$one"; done
