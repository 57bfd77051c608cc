#!/bin/sh
# Proves that no install step is missing: an empty Debian 12 in a folder, this commit in it, and the README's commands.
# Other make targets than `run test` may be named.
set -eu
if [ "${1:-}" != inside ]; then
    exec unshare --mount --pid --fork --kill-child --propagation private sh "$0" inside "$@"
fi
shift
[ $# -gt 0 ] || set -- run test

folder=$(pwd)/build/fresh
project=/home/project/xinqiao
# shellcheck source=packaging/setup/machine.sh
. "$(dirname "$0")/machine.sh"

make_machine
mkdir -p "$folder$project"
git archive HEAD | tar -x -C "$folder$project"
for target in "$@"; do
    echo "== fresh Debian 12: make $target"
    inside "cd $project && make $target"
    # without a display `make run` plays a call and leaves what it saw
    [ "$target" != run ] || ls "$folder$project/build/demo/summary.json"
done
