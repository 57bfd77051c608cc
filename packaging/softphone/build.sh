#!/bin/sh
# Builds the script of the telephone inside the console into a folder, with the packages that package-lock.json names.
set -eu
top=$(pwd)
target=$1
here=$(dirname "$0")
work=build/softphone-npm

command -v npm >/dev/null 2>&1 || sh packaging/setup/system.sh nodejs npm

rm -rf "$work"
mkdir -p "$work" "$target"
cp -r "$here/package.json" "$here/package-lock.json" "$here/tsconfig.json" "$here/build.mjs" "$here/src" "$work"
cd "$work"
# No script of a package runs: what is used of them is only read, and esbuild's program lies in a package as it is.
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
npm run --silent check
npm run --silent build -- "$top/$target"
