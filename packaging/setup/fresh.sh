#!/bin/sh
# Proves that no install step is missing: an empty Debian 12 in a folder, this commit in it, and the README's commands.
# Other make targets than `run test` may be named. Downloads are kept under build/fresh-cache; mounts and processes
# end with the namespace this runs in.
set -eu
if [ "$(id -u)" -ne 0 ]; then
    echo "make fresh makes a system in a folder and must run as root." >&2
    exit 1
fi
if [ "${1:-}" != inside ]; then
    exec unshare --mount --pid --fork --kill-child --propagation private sh "$0" inside "$@"
fi
shift
[ $# -gt 0 ] || set -- run test

top=$(pwd)
folder=$top/build/fresh
cache=$top/build/fresh-cache
project=/home/project/xinqiao

# As a person would have it after installing Debian: Python 3.11, make, git, and the way to packages.
if [ ! -e "$cache/base.done" ]; then
    rm -rf "$cache/base"
    mkdir -p "$cache/base" "$cache/debs"
    mirror=$(sed -n 's/^URIs: *//p; s/^deb \(\[.*\] \)*\([^ ]*\) .*/\2/p' \
        /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null | head -n 1)
    debootstrap --variant=minbase --cache-dir="$cache/debs" --include=python3,make,git,ca-certificates \
        bookworm "$cache/base" "$mirror"
    # no service starts in a folder
    printf '#!/bin/sh\nexit 101\n' > "$cache/base/usr/sbin/policy-rc.d"
    chmod +x "$cache/base/usr/sbin/policy-rc.d"
    touch "$cache/base.done"
fi
rm -rf "$folder"
cp -a "$cache/base" "$folder"
mkdir -p "$folder$project"
git archive HEAD | tar -x -C "$folder$project"

# The machine's own ways to packages: apt's and pip's settings, names, certificates. Nothing of it stays in the project.
for path in /etc/resolv.conf /etc/hosts /etc/pip.conf /root/.config/pip /root/.pip /usr/local/share/ca-certificates \
    /etc/ssl/certs/ca-certificates.crt /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/auth.conf.d \
    /etc/apt/preferences.d /etc/apt/keyrings /etc/apt/trusted.gpg.d /etc/apt/apt.conf.d; do
    rm -rf "$folder$path"
    if [ -e "$path" ]; then
        mkdir -p "$folder$(dirname "$path")"
        cp -aL "$path" "$folder$path"
    fi
done
rm -f "$folder/etc/apt/apt.conf.d/docker-clean" # it would throw the kept downloads away

share() { # a folder of this machine, under the same or another name inside
    mkdir -p "$1" "$folder$2"
    mount --bind "$1" "$folder$2"
}
share "$cache/apt" /var/cache/apt/archives
share "$cache/pip" /root/.cache/pip
for place in $(python3 -m pip config list 2>/dev/null | grep -o "/[^' ]*" | sed 's|^//*|/|; s|/simple/*$||'); do
    if [ -d "$place" ]; then share "$place" "$place"; fi
done
if [ -n "${XINQIAO_CACHE:-}" ]; then share "$XINQIAO_CACHE" "$XINQIAO_CACHE"; fi
mount -t proc proc "$folder/proc"
mount --rbind /dev "$folder/dev"
mount --rbind /sys "$folder/sys"

inside() {
    # only what a login has, and the settings by which packages are found
    # shellcheck disable=SC2046 # one word for each setting
    env -i HOME=/root TERM=dumb PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        $(env | grep -i -E '^(pip_|[a-z]+_proxy=|ssl_cert|requests_ca_bundle=|xinqiao_cache=|ci=)' | grep -v ' ') \
        chroot "$folder" sh -c "cd $project && $1"
}
for target in "$@"; do
    echo "== fresh Debian 12: make $target"
    inside "make $target"
    # without a display `make run` plays a call and leaves what it saw
    [ "$target" != run ] || ls "$folder$project/build/demo/summary.json"
done
