#!/bin/sh
# Installs the plain functions that `make bench` compares with into .local/bench, from pinned
# versions. Repeats only after a change.
set -eu
cd "$(dirname "$0")/.."
here=.local/bench
mkdir -p "$here"
stamp=$(cat benches/setup.sh benches/python/requirements.txt benches/node/package-lock.json | cksum)
[ "$(cat "$here/stamp" 2>/dev/null || true)" = "$stamp" ] && [ -x "$here/python/bin/python" ] && cp benches/node/function.mjs "$here/node/" && exit 0
echo "bench: setting up Python and Node to compare with (once)"
"${PYTHON:-python3}" -m venv "$here/python"
"$here/python/bin/pip" install --quiet --disable-pip-version-check -r benches/python/requirements.txt
mkdir -p "$here/node"
cp benches/node/package.json benches/node/package-lock.json benches/node/function.mjs "$here/node/"
npm ci --prefix "$here/node" --silent --no-audit --no-fund --ignore-scripts
printf '%s' "$stamp" > "$here/stamp"
