# shellcheck shell=bash
# A private apt per Debian suite, usable without root: its lists and archives live in the cache. Sourced, never run.

# The Debian mirror this machine uses, or Debian's own.
mirror() {
  local found=${BAREVIRT_MIRROR:-}
  if [ -z "$found" ] && command -v apt-get >/dev/null; then
    # shellcheck disable=SC2016 # $(REPO_URI) is apt's own syntax
    found=$(APT_CONFIG='' apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | grep -m 1 -E '/debian/?$' || true)
  fi
  found=${found:-http://deb.debian.org/debian}
  echo "${found%/}"
}

# The lines of a sources.list for a suite.
sources() {
  local suite=$1 uri keys=/usr/share/keyrings/debian-archive-keyring.gpg
  uri=$(mirror)
  echo "deb [signed-by=$keys] $uri $suite main"
  echo "deb [signed-by=$keys] $uri $suite-updates main"
  echo "deb [signed-by=$keys] $uri-security $suite-security main"
}

# use_suite SUITE: makes apt-get and apt-cache below this call speak of that suite, with lists of today.
use_suite() {
  apt_root=$cache/apt/$1
  mkdir -p "$apt_root"/{none,lists/partial,archives/partial}
  : >>"$apt_root/status"
  sources "$1" >"$apt_root/sources.list"
  cat >"$apt_root/apt.conf" <<END
Dir::State "$apt_root";
Dir::State::status "$apt_root/status";
Dir::Cache::archives "$apt_root/archives";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
Dir::Etc::sourcelist "$apt_root/sources.list";
Dir::Etc::sourceparts "$apt_root/none";
Dir::Etc::preferences "$apt_root/none/preferences";
Dir::Etc::preferencesparts "$apt_root/none";
APT::Sandbox::User "";
APT::Architecture "amd64";
Acquire::Retries "3";
Acquire::Languages "none";
END
  export APT_CONFIG=$apt_root/apt.conf
  refresh_lists "$1"
}

# Reads a suite's lists again when they are older than a day; old ones do while the network is away.
refresh_lists() {
  if [ -n "$(find "$apt_root/fresh" -mmin -1440 2>/dev/null)" ]; then
    return
  fi
  say "reading the package lists of $1"
  if "$tree/.ci/retry" apt-get -qq -o APT::Update::Error-Mode=any update >&2; then
    touch "$apt_root/fresh"
  elif [ -e "$apt_root/fresh" ]; then
    say "no answer; going on with the lists of $(date -r "$apt_root/fresh" +%F)"
  else
    fail "could not read the package lists of $1"
  fi
}

# versions PACKAGE...: the archive files that hold the candidates of these packages; they go into content keys.
versions() {
  apt-get -qq --print-uris download "$@" | awk '{print $2}'
}

# unpack DIRECTORY PACKAGE...: fetches these packages, not what they depend on, and unpacks them without their scripts.
unpack() {
  local into=$1 fetched
  shift
  fetched=$(mktemp -d "$apt_root/archives/fetch.XXXXXX")
  if ! (cd "$fetched" && "$tree/.ci/retry" apt-get -qq download "$@" >&2); then
    rm -rf "$fetched" "$apt_root/fresh"
    fail "could not fetch $*"
  fi
  mkdir -p "$into"
  for archive in "$fetched"/*.deb; do
    dpkg-deb -x "$archive" "$into"
  done
  rm -rf "$fetched"
}

# kernel_package META: the versioned package that a kernel's meta package stands for.
kernel_package() {
  apt-cache depends "$1" | awk '/Depends: linux-image/ {print $2; exit}'
}
