#!/bin/sh
# run.sh BUILD_DIR SECONDS: every fuzz target for so many seconds, from its committed corpus.
# New inputs go to a folder of the build; a crash leaves its input there and ends the run.
set -eu
dir=$(cd "$1" && pwd)
seconds=$2
here=$(cd "$(dirname "$0")" && pwd)
found=0
for target in "$dir"/bin/fuzz_*; do
  [ -x "$target" ] || continue
  found=1
  name=$(basename "$target" | sed 's/^fuzz_//')
  mkdir -p "$dir/corpus/$name"
  echo "fuzz: $name for $seconds s" >&2
  (cd "$dir" && LSAN_OPTIONS="suppressions=$here/../support/lsan.supp:print_suppressions=0" "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -print_final_stats=1 \
    "$dir/corpus/$name" "$here/corpus/$name")
done
[ "$found" = 1 ] || { echo "fuzz: no target in $dir/bin" >&2; exit 1; }
