# Sourced by ./run and ./test (POSIX sh; needs $here = the project's root). Makes a fresh Debian 12
# ready: packages, then the release build in build/.

build=$here/build

say() { printf '\n== %s\n' "$*" >&2; }

# Names from packages.txt that dpkg does not know as installed, one a line.
missing_packages() {
  grep -v '^ *\(#\|$\)' "$here/packages.txt" | while read -r name; do
    dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null | grep -qx installed || echo "$name"
  done
}

# Node.js may be there under another roof (a newer one of the user's own); npm is only needed for
# the browser tests, and Debian's packages of it conflict with such an installation.
drop_provided() {
  while read -r name; do
    case "$name" in
      nodejs) command -v node >/dev/null 2>&1 || echo "$name" ;;
      npm) command -v npm >/dev/null 2>&1 || echo "$name" ;;
      *) echo "$name" ;;
    esac
  done
}

install_packages() {
  missing=$(missing_packages | drop_provided)
  [ -n "$missing" ] || return 0
  say "installing: $(echo $missing)"
  if [ "$(id -u)" = 0 ]; then
    as_root=
  elif command -v sudo >/dev/null 2>&1; then
    as_root=sudo
  else
    echo "These Debian packages are missing, and neither root nor sudo is at hand:" >&2
    echo "$missing" | sed 's/^/  /' >&2
    echo "Ask an administrator for: apt-get install --no-install-recommends $(echo $missing)" >&2
    exit 3
  fi
  $as_root apt-get update -q >&2 </dev/null
  # Recommended packages are left out, so that packages.txt is the whole truth.
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing >&2 </dev/null
}

# build_release TARGET...: configure once, then build; seconds when nothing changed.
build_release() {
  [ -f "$build/build.ninja" ] || cmake -S "$here" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo >&2
  say "building"
  ninja -C "$build" "$@" >&2
}
