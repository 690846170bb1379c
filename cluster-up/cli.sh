#!/bin/bash
# What kubectl does not do with the cluster that KUBE_CLUSTER names, from any folder:
#   cli.sh nodes                         the names of its nodes
#   cli.sh ssh NODE [-- COMMAND...]      a shell, or a command, on a node
#   cli.sh logs NODE [PROGRAM]           what the node's programs have said; PROGRAM is one, for example kubelet
#   cli.sh stop NODE | start             stops a node as a crash would; starts what is stopped and waits until it is ready
#   cli.sh kubeconfig                    the path of the file by which clients reach it
#   cli.sh collect FOLDER                objects, events and logs of everything, for looking into a failure
#   cli.sh load-image ARCHIVE...         puts the images of OCI or docker archives on every node that lacks them
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source-path=SCRIPTDIR source=lib/common.sh
. "$here/lib/common.sh"
# shellcheck source-path=SCRIPTDIR source=lib/provider.sh
. "$here/lib/provider.sh"

usage() {
  sed -n 's/^#   //p' "$here/cli.sh" >&2
  exit 2
}

require_node() {
  local nodes
  nodes=$(provider_nodes)
  grep -qxF -- "${1:-}" <<<"$nodes" ||
    fail "$cluster has no node '${1:-}'; it has $(paste -sd, <<<"$nodes" | sed 's/,/, /g')"
}

# What cannot be had is said in the file that lacks it: whoever collects has a failure already.
collect() {
  local folder=$1 node kind kubectl=("$(provider_kubectl)" --kubeconfig "$state/kubeconfig" --request-timeout=20s)
  mkdir -p "$folder"
  folder=$(cd "$folder" && pwd)
  "${kubectl[@]}" cluster-info dump --all-namespaces --output-directory "$folder/objects" >"$folder/dump.log" 2>&1 || true
  "${kubectl[@]}" get events -A --sort-by=.lastTimestamp >"$folder/events.txt" 2>&1 || true
  for kind in $("${kubectl[@]}" api-resources --verbs=list -o name 2>/dev/null | grep -E 'kubevirt\.io$|persistentvolume'); do
    "${kubectl[@]}" get "$kind" -A -o yaml >"$folder/$kind.yaml" 2>&1 || true
  done
  for node in $(provider_nodes); do
    provider_logs "$node" >"$folder/$node.log" 2>&1 || true
  done
  echo "$folder"
}

[ "$#" -gt 0 ] || usage
verb=$1
shift
case $verb in
  nodes | ssh | logs | stop | start | kubeconfig | collect | load-image) require_cluster ;;
  *) usage ;;
esac

case $verb in
  nodes) provider_nodes ;;
  ssh)
    node=${1:-}
    require_node "$node"
    shift
    if [ "${1:-}" = -- ]; then shift; fi
    if [ "$#" = 0 ]; then set -- bash; fi
    provider_exec "$node" "$@"
    ;;
  logs)
    require_node "${1:-}"
    provider_logs "$1" | if [ -n "${2:-}" ]; then sed -n "s/^$2: //p"; else cat; fi
    ;;
  stop)
    require_node "${1:-}"
    provider_stop "$1"
    ;;
  start) exec "$here/up" ;;
  kubeconfig) echo "$state/kubeconfig" ;;
  collect)
    [ "$#" = 1 ] || usage
    collect "$1"
    ;;
  load-image)
    [ "$#" -gt 0 ] || usage
    for archive in "$@"; do provider_load "$archive"; done
    ;;
esac
