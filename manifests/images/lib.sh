# shellcheck shell=bash
# What the builders of our container images share: where things are, and layers kept by content. Sourced, never run.

# shellcheck source=launcher/guests/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../launcher/guests/lib.sh"
# shellcheck disable=SC2034 # read by the scripts that source this file
images=$tree/manifests/images
layers=${BAREVIRT_LAYERS:-$cache/images}
out=${BAREVIRT_IMAGES:-$tree/target/images}

say() { echo "images: $*" >&2; }

# Every file of a layer is from this moment, which is also that of the jars.
epoch=$(date -d "$(sed -n 's,.*<project.build.outputTimestamp>\(.*\)<.*,\1,p' "$tree/pom.xml")" +%s)

# words FILE: the lines of a list, without its comments.
words() { grep -vE '^(#|$)' "$1" || true; }

# key STRING...: what identifies something that follows from these strings and from the bytes on standard input.
key() { { printf '%s\0' "$@"; cat; } | sha256sum | cut -c1-24; }

# has_layer NAME KEY
has_layer() { [ -s "$layers/$1-$2/digest" ]; }

# keep_layer NAME KEY: puts the tar archive on standard input into the cache; the four newest of a name stay.
keep_layer() {
  local new older
  mkdir -p "$layers"
  new=$(mktemp -d "$layers/.new.XXXXXX")
  tee >(sha256sum | cut -d' ' -f1 >"$new/diff_id") | gzip -6n >"$new/blob"
  sha256sum <"$new/blob" | cut -d' ' -f1 >"$new/digest.new"
  wait_for "$new/diff_id"
  mv "$new/digest.new" "$new/digest"
  chmod 755 "$new"
  rm -rf "${layers:?}/$1-$2"
  mv -T "$new" "$layers/$1-$2"
  find "$layers" -mindepth 1 -maxdepth 1 -name "$1-*" -printf '%T@ %p\n' | sort -rn | tail -n +5 |
    while read -r _ older; do rm -rf "$older"; done
}

# A process substitution is not waited for: its result is there when the file has its line.
wait_for() {
  local _
  for _ in {1..100}; do
    [ ! -s "$1" ] || return 0
    read -rt 0.05 _ <> <(:) || true
  done
  fail "no $(basename "$1") was written"
}

# pack DIRECTORY: the files of a layer as an archive that depends on nothing but their names, modes and bytes.
pack() {
  tar --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner --mode=u+rw,go+rX,go-w --format=posix \
    --pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime -C "$1" -cf - .
}

# unpack_layer NAME KEY DIRECTORY
unpack_layer() { gzip -dc "$layers/$1-$2/blob" | tar -C "$3" --numeric-owner -xpf -; }
