# shellcheck shell=bash
# Reads image archives, OCI layouts as well as those of `docker save`. Sourced, never run.

# archive_index ARCHIVE: the documents that name what is in it, and so its content.
archive_index() {
  command -v jq >/dev/null || fail "jq is not installed: run 'make deps'."
  [ -r "$1" ] || fail "cannot read the image archive '$1'"
  tar -xOf "$1" --wildcards --no-anchored index.json manifest.json 2>/dev/null || true
}

# archive_names ARCHIVE: the names of its images.
archive_names() {
  local names
  names=$(archive_index "$1" | jq -r 'if type == "array" then .[].RepoTags[]? else .manifests[]?.annotations |
    .["io.containerd.image.name"] // .["org.opencontainers.image.ref.name"] // empty end' 2>/dev/null | sort -u)
  [ -n "$names" ] || fail "'$1' is no image archive, or names no image: make one with 'docker save' or skopeo."
  echo "$names"
}

# archive_key ARCHIVE: the same for archives of the same images, whenever they were written.
archive_key() { archive_index "$1" | sha256sum | cut -c1-40; }

# archive_transport ARCHIVE: what skopeo calls its kind.
archive_transport() {
  if tar -tf "$1" --wildcards --no-anchored oci-layout >/dev/null 2>&1; then echo oci-archive; else echo docker-archive; fi
}
