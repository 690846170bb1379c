# shellcheck shell=bash
# What the providers need of this machine, each with a sentence for when it is not there. Sourced, never run.

require_docker() {
  local error
  command -v docker >/dev/null ||
    fail "docker is not installed: run 'make deps', which installs Debian's docker.io, or set KUBE_PROVIDER=external."
  error=$(docker version --format '{{.Server.Version}}' 2>&1 >/dev/null) ||
    fail "docker does not answer; 'make deps' starts it where it may. It says: $(tail -n 1 <<<"$error")"
}

require_go() {
  local found
  command -v go >/dev/null || fail "KUBE_PROVIDER=local builds Kubernetes from source and needs Go 1.26 or newer on the PATH; there is no go."
  found=$(cd "$cluster_up/go/$1" && go env GOVERSION 2>/dev/null) || found=$(cd / && go version | awk '{print $3}')
  [ "$(printf '%s\n' go1.26 "$found" | sort -V | head -n 1)" = go1.26 ] ||
    fail "KUBE_PROVIDER=local builds Kubernetes from source and needs Go 1.26 or newer; $(command -v go) is $found."
}

# require_space DIRECTORY MEBIBYTES: docker's own directory only root may look at, the one above it everybody.
require_space() {
  local free
  free=$({ df --output=avail -m "$1" 2>/dev/null || df --output=avail -m "$(dirname "$1")"; } | tail -n 1 | tr -d ' ')
  [ "$free" -ge "$2" ] || fail "$1 has $free MiB of free space left and $2 are needed: free some, then run the same again."
}
