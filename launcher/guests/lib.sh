# shellcheck shell=bash
# What the guest builders share: where things are, content keys, atomic outputs. Sourced, never run.

shopt -s inherit_errexit
guests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$(cd "$guests/../.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/barevirt

say() { echo "guests: $*" >&2; }

fail() {
  say "$*"
  exit 1
}

# shellcheck source=launcher/guests/apt.sh
. "$guests/apt.sh"

# key_of SUITE VERSIONS FILE...: what identifies a guest's contents, which is the files it is made by and the versions
# of the packages that the function VERSIONS prints. Asking apt takes seconds, so an answer holds as long as its lists.
key_of() {
  local suite=$1 list_versions=$2 file recipe answer
  shift 2
  recipe=$({
    for file in "$guests/lib.sh" "$guests/apt.sh" "$@"; do
      echo "${file#"$guests"/}"
      cat "$file"
    done
    stat -c %Y "$cache/apt/$suite/fresh"
  } | sha256sum | cut -c1-24)
  answer=$cache/guests/.key-$recipe
  if [ ! -s "$answer" ]; then
    mkdir -p "$cache/guests"
    { cat "$guests/lib.sh" "$guests/apt.sh" "$@"; "$list_versions"; } | sha256sum | cut -c1-24 >"$answer.new"
    mv "$answer.new" "$answer"
  fi
  cat "$answer"
}

# scratch: a new directory below the cache that goes away when the script ends, whatever way.
scratch() {
  mkdir -p "$cache/work"
  work=$(mktemp -d "$cache/work/XXXXXX")
  chmod 755 "$work"
  trap 'rm -rf --one-file-system "$work"' EXIT
}

# keep NAME KEY DIRECTORY: puts a finished directory of outputs into the cache under its key; the three newest stay.
keep() {
  local older
  chmod 755 "$3"
  rm -rf "$cache/guests/$1-$2"
  mv -T "$3" "$cache/guests/$1-$2"
  touch "$cache/guests/$1-$2"
  find "$cache/guests" -mindepth 1 -maxdepth 1 -name "$1-*" -printf '%T@ %p\n' | sort -rn | tail -n +4 |
    while read -r _ older; do rm -rf --one-file-system "$older"; done
  find "$cache/guests" -maxdepth 1 -name '.key-*' -mtime +3 -delete
}

# publish NAME KEY: copies a cached guest's files to target/guests, each in one rename.
publish() {
  local from=$cache/guests/$1-$2 out=$tree/target/guests file name
  mkdir -p "$out"
  if [ "$(cat "$out/.$1.key" 2>/dev/null)" = "$2" ]; then
    say "$1 is up to date"
    return
  fi
  for file in "$from"/*; do
    name=$(basename "$file")
    cp -a --reflink=auto --sparse=always "$file" "$out/.$name.new"
    rm -rf "${out:?}/$name"
    mv -T "$out/.$name.new" "$out/$name"
  done
  echo "$2" >"$out/.$1.key"
  say "$1 is in target/guests"
}
