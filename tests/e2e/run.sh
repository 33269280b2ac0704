#!/bin/sh
# tests/e2e/run.sh BIN_DIR [SOURCE...]: indexes sample-data (or SOURCE) into a temporary folder, starts
# the server on a free port, runs the browser tests against it, and takes both away again.
# Needs nodejs, npm and chromium (packages.txt); playwright-core and axe-core come from npm, pinned by
# package-lock.json.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${1:?usage: run.sh BIN_DIR [SOURCE...]}" && pwd)
shift
for tool in node npm "${CHROMIUM:-chromium}"; do
  command -v "$tool" >/dev/null || { echo "e2e: $tool is not installed (packages.txt)" >&2; exit 1; }
done
if [ ! -d "$here/node_modules/playwright-core" ]; then
  (cd "$here" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
fi

folder=$(mktemp -d)
server=
finish() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  [ -z "$server" ] || wait "$server" 2>/dev/null || true
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM

if [ $# -eq 0 ]; then
  samples=$here/../../sample-data
  "$bin/pia-index" --db "$folder/db" --manifest "$samples/manifest.csv" "$samples" 2>"$folder/index.log" || {
    status=$?
    [ $status -eq 1 ] || { cat "$folder/index.log" >&2; exit $status; }
  }
else
  "$bin/pia-index" --db "$folder/db" "$@"
fi
"$bin/pia-server" --db "$folder/db" --port 0 --serve-sources >"$folder/address" 2>"$folder/server.log" &
server=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  [ ! -s "$folder/address" ] || break
  kill -0 "$server" 2>/dev/null || { cat "$folder/server.log" >&2; exit 1; }
  sleep 0.5
done
PIA_BASE=$(sed 's,/$,,' "$folder/address")
export PIA_BASE
status=0
(cd "$here" && node --test pages.test.js tasks.test.js) || status=$?

# SIGTERM ends the server promptly and cleanly.
kill "$server"
waited=0
while kill -0 "$server" 2>/dev/null; do
  waited=$((waited + 1))
  [ $waited -lt 40 ] || { echo "e2e: the server did not end within 4 seconds of SIGTERM" >&2; exit 1; }
  sleep 0.1
done
ended=0
wait "$server" || ended=$?
server=
[ $ended -eq 0 ] || { echo "e2e: the server ended with $ended" >&2; cat "$folder/server.log" >&2 || true; exit 1; }
exit $status
