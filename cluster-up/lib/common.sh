# shellcheck shell=bash
# What every script of the cluster shares: where things are, how they speak, and the cluster's name. Sourced, never run.

shopt -s inherit_errexit
cluster_up=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tree=$(cd "$cluster_up/.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/barevirt
# shellcheck disable=SC2034 # read by the scripts that source this file
cluster_cache=$cache/cluster
clusters=${XDG_STATE_HOME:-$HOME/.local/state}/barevirt/clusters
cluster=${KUBE_CLUSTER:-barevirt}
state=$clusters/$cluster

# node_name NUMBER, container_name NUMBER: a node's name in the cluster, and in docker.
node_name() { printf 'node%02d\n' "$1"; }
container_name() { printf '%s-node%02d\n' "$cluster" "$1"; }

say() { echo "cluster: $*" >&2; }

fail() {
  say "$*"
  exit 1
}

# A name goes into paths, container names and host names, so it is checked before anything uses it.
[[ $cluster =~ ^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$ ]] ||
  fail "KUBE_CLUSTER must be a name of at most 20 small letters, digits and dashes, not '$cluster'"

# with_progress WHAT COMMAND [ARGUMENT...]: runs a command and says every 15 s that it goes on, and how long it took
# when that was more than a second. The command runs in a subshell in which set -e has no effect.
with_progress() {
  local what=$1 start=$SECONDS ticker status=0
  shift
  tick "$what" "$start" $$ &
  ticker=$!
  ("$@") || status=$?
  kill "$ticker" 2>/dev/null || true
  wait "$ticker" 2>/dev/null || true
  if [ "$status" = 0 ] && [ $((SECONDS - start)) -gt 1 ]; then say "$what: done in $((SECONDS - start)) s"; fi
  return "$status"
}

# Prints a line every 15 s for as long as the process $3 lives. It reads from a pipe that nobody writes to: a sleep
# would outlive it and hold its output open.
tick() {
  local _
  while kill -0 "$3" 2>/dev/null; do
    read -rt 15 _ <> <(:) || true
    say "$1: $((SECONDS - $2)) s so far"
  done
}

# wait_until SECONDS WHAT COMMAND [ARGUMENT...]: asks until the command succeeds; fails, naming WHAT, at the deadline.
wait_until() {
  local deadline=$((SECONDS + $1)) seconds=$1 what=$2 _
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || fail "$what did not happen within $seconds s"
    read -rt 0.3 _ <> <(:) || true
  done
}
