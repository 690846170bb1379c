# shellcheck shell=bash
# Builds the programs that go/*/go.mod name in their tool lines, and keeps them in the cache by the content of that
# module. Sourced, never run. A file `flags` beside go.mod has more arguments for `go build`, one a line, in which
# {version} and {minor} stand for those of the first tool. A comment behind a tool is its program's name.

# shellcheck disable=SC1091 # beside this file
. "$cluster_up/lib/requirements.sh"

# programs_of MODULE: the folder that has, or will have, a module's programs.
programs_of() {
  local module=$cluster_up/go/$1 file files=()
  for file in "$module"/{go.mod,go.sum,flags} "$module"/*.go; do
    [ ! -e "$file" ] || files+=("$file")
  done
  echo "$cluster_cache/bin/$1-$(cat "${files[@]}" | sha256sum | cut -c1-16)"
}

# version_of MODULE: the version of the requirement that its first tool belongs to.
version_of() {
  local package
  package=$(tools_of "$1" | awk 'NR == 1 {print $2}')
  awk -v package="$package/" '
    $1 == "require" { sub(/^require /, "") }
    $2 ~ /^v[0-9]/ && index(package, $1 "/") == 1 { print $2; exit }' "$cluster_up/go/$1/go.mod"
}

# tools_of MODULE: one line for each of its programs, with its name and its package.
tools_of() {
  awk '
    function tool(package, comment,   name) {
      name = package
      sub(/\/v[0-9]+$/, "", name)
      sub(/.*\//, "", name)
      print (comment == "" ? name : comment), package
    }
    $1 == "tool" && $2 == "(" { inside = 1; next }
    $1 == "tool" { tool($2, $4) }
    $1 == ")" { inside = 0 }
    inside { tool($1, $3) }' "$cluster_up/go/$1/go.mod"
}

# build_programs MODULE...: builds what the cache lacks. What a killed build has finished is not built again.
build_programs() {
  local module build_lock missing=()
  for module in "$@"; do
    [ -d "$(programs_of "$module")" ] || missing+=("$module")
  done
  [ "${#missing[@]}" -gt 0 ] || return 0
  mkdir -p "$cluster_cache/bin"
  exec {build_lock}>"$cluster_cache/bin/.lock"
  flock -n "$build_lock" || with_progress "waiting for another build of programs" flock "$build_lock"
  require_go "${missing[0]}"
  for module in "${missing[@]}"; do
    [ -d "$(programs_of "$module")" ] || build_module "$module"
  done
  exec {build_lock}>&-
}

build_module() {
  local module=$1 out partial log tool name package number=0
  local -a tools
  out=$(programs_of "$module")
  partial=$cluster_cache/bin/.${out##*/}.partial
  log=$cluster_cache/bin/.${out##*/}.log
  mapfile -t tools < <(tools_of "$module")
  mkdir -p "$partial"
  for tool in "${tools[@]}"; do
    read -r name package <<<"$tool"
    number=$((number + 1))
    [ ! -x "$partial/$name" ] || continue
    require_space "$cluster_cache" 4096
    with_progress "building $name of $module $(version_of "$module") ($number of ${#tools[@]})" \
      go_build "$module" "$package" "$partial/$name" "$log" || build_failed "$name" "$log"
  done
  mv -T "$partial" "$out"
  rm -f "$log"
}

# go_build MODULE PACKAGE FILE LOG
go_build() {
  local version flags=()
  version=$(version_of "$1")
  if [ -e "$cluster_up/go/$1/flags" ]; then
    mapfile -t flags < <(sed -e "s/{version}/$version/g" -e "s/{minor}/$(cut -d. -f2 <<<"$version")/g" \
      "$cluster_up/go/$1/flags")
  fi
  cd "$cluster_up/go/$1" &&
    GOFLAGS='' GOWORK=off CGO_ENABLED=0 nice -n 5 \
      go build -trimpath '-ldflags=-s -w' "${flags[@]}" -o "$3.new" "$2" >"$4" 2>&1 &&
    mv "$3.new" "$3"
}

build_failed() {
  tail -n 20 "$2" >&2
  fail "could not build $1; the lines above are the end of $2. Run the same again: it goes on where it stopped."
}
