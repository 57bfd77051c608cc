#!/bin/sh
# Proves the packages on an empty Debian 12 in a folder: installed, set up, served by, upgraded under a running server,
# removed; keys, records and settings stay. No service manager runs there: the units are read by systemd-analyze, the
# programs are started as they say, by the account they name.
set -eu
if [ "${1:-}" != inside ]; then
    here=$(dirname "$0")
    VERSION=0.0.1 sh "$here/build.sh"
    VERSION=0.0.2 sh "$here/build.sh"
    exec unshare --mount --pid --fork --kill-child --propagation private sh "$0" inside
fi

folder=$(pwd)/build/upgrade
# shellcheck source=packaging/setup/machine.sh
. "$(dirname "$0")/../setup/machine.sh"

install_packages() { # VERSION
    inside "DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install /deb/*_$1_*.deb" \
        > "$top/build/deb/install-$1.log" 2>&1 || { tail -n 20 "$top/build/deb/install-$1.log"; exit 1; }
}

as_service() { # one command line as the account of the services
    inside "setpriv --reuid xinqiao --regid xinqiao --clear-groups env HOME=/var/lib/xinqiao $1"
}

serve() { # start what the unit starts, and wait until it can work; its process id is in $server
    as_service "$(sed -n 's/^ExecStart=//p' "$folder/lib/systemd/system/xinqiao-server.service")" \
        2> "$top/build/deb/server-$1.err" &
    server=$!
    inside 'python3 - 600' <<'PYTHON'
import sys, time, urllib.request
for left in range(int(sys.argv[1]), -1, -1):
    try:
        sys.exit(urllib.request.urlopen("http://127.0.0.1:8443/ready").status != 204)
    except OSError:
        if not left:
            raise
        time.sleep(0.1)
PYTHON
}

stop() { # as a service manager does; it must end by itself and in order
    inside "pkill -TERM -f '[m] server server --folder'"
    wait "$server"
}

kept() { inside 'cd /var/lib/xinqiao && sha256sum *.toml *.key *.crt 2>/dev/null | sort'; }

say() { echo "== $*"; }

make_machine
share "$top/build/deb" /deb
inside 'apt-get -q update && apt-get -q -y --no-install-recommends install systemd procps' > "$top/build/deb/base.log" 2>&1

say "an empty machine: install"
install_packages 0.0.1
inside 'systemd-analyze verify /lib/systemd/system/xinqiao-server.service /lib/systemd/system/xinqiao-gateway.service'

say "set up and serve"
as_service "xinqiao-server server init --folder /var/lib/xinqiao --site jinzhong --host 127.0.0.1 --port 8443 --name localhost"
echo "fictional operator, password of a test" \
    | as_service "xinqiao-server operator add fictional --folder /var/lib/xinqiao --name 演练 --role OP --site jinzhong --password-stdin"
serve 0.0.1
before=$(kept)
as_service "xinqiao-server backup --folder /var/lib/xinqiao --to /var/lib/xinqiao/backups"
inside 'xinqiao --help > /dev/null'

say "upgrade while it serves"
install_packages 0.0.2
[ "$(inside "dpkg-query -W -f '\${Version}' xinqiao-server")" = 0.0.2 ]
stop
serve 0.0.2
[ "$before" = "$(kept)" ]
inside 'HOME=/root QT_QPA_PLATFORM=offscreen xinqiao practice --folder /root/practice --demo /root/demo > /dev/null'
inside 'ls /root/demo/summary.json'
stop

say "remove: records and keys stay"
inside 'apt-get -q -y purge xinqiao-server xinqiao-gateway xinqiao-console' > "$top/build/deb/purge.log" 2>&1
[ "$before" = "$(kept)" ]
[ ! -e "$folder/usr/bin/xinqiao-server" ]
say "installed, served, upgraded under a running server, removed; nothing was lost"
