# An empty Debian 12 in a folder: sourced by scripts that prove something on a fresh machine. It names `folder` (where the
# machine is made) before; downloads are kept under build/fresh-cache. Mounts and processes end with the namespace.
top=$(pwd)
cache=$top/build/fresh-cache

if [ "$(id -u)" -ne 0 ]; then
    echo "This makes a system in a folder and must run as root." >&2
    exit 1
fi

share() { # a folder of this machine, under the same or another name inside
    mkdir -p "$1" "$folder$2"
    mount --bind "$1" "$folder$2"
}

# As a person would have it after installing Debian: Python 3.11, make, git, and the way to packages.
make_base() {
    if [ -e "$cache/base.done" ]; then return; fi
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
}

make_machine() {
    make_base
    rm -rf "$folder"
    cp -a "$cache/base" "$folder"
    # The machine's own ways to packages: apt's and pip's settings, names, certificates. Nothing of it stays in the project.
    for path in /etc/resolv.conf /etc/hosts /etc/pip.conf /root/.config/pip /root/.pip \
        /usr/local/share/ca-certificates /etc/ssl/certs/ca-certificates.crt /etc/apt/sources.list \
        /etc/apt/sources.list.d /etc/apt/auth.conf.d /etc/apt/preferences.d /etc/apt/keyrings \
        /etc/apt/trusted.gpg.d /etc/apt/apt.conf.d; do
        rm -rf "$folder$path"
        if [ -e "$path" ]; then
            mkdir -p "$folder$(dirname "$path")"
            cp -aL "$path" "$folder$path"
        fi
    done
    rm -f "$folder/etc/apt/apt.conf.d/docker-clean" # it would throw the kept downloads away
    share "$cache/apt" /var/cache/apt/archives
    share "$cache/pip" /root/.cache/pip
    for place in $(python3 -m pip config list 2>/dev/null | grep -o "/[^' ]*" | sed 's|^//*|/|; s|/simple/*$||'); do
        if [ -d "$place" ]; then share "$place" "$place"; fi
    done
    if [ -n "${XINQIAO_CACHE:-}" ]; then share "$XINQIAO_CACHE" "$XINQIAO_CACHE"; fi
    mount -t proc proc "$folder/proc"
    mount --rbind /dev "$folder/dev"
    mount --rbind /sys "$folder/sys"
}

inside() { # one shell line in the machine, with what a login has and the settings by which packages are found
    # shellcheck disable=SC2046 # one word for each setting
    env -i HOME=/root TERM=dumb PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        $(env | grep -i -E '^(pip_|[a-z]+_proxy=|ssl_cert|requests_ca_bundle=|xinqiao_cache=|ci=)' | grep -v ' ') \
        chroot "$folder" sh -c "$1"
}
