#!/bin/bash
# What kubectl does not do with the cluster that KUBE_CLUSTER names, from any folder:
#   cli.sh nodes                         the names of its nodes
#   cli.sh ssh NODE [-- COMMAND...]      a shell, or a command, on a node
#   cli.sh logs NODE [PROGRAM]           what the node's programs have said; PROGRAM is one, for example kubelet
#   cli.sh stop NODE | start             stops a node as a crash would; starts what is stopped and waits until it is ready
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

[ "$#" -gt 0 ] || usage
verb=$1
shift
case $verb in
  nodes | ssh | logs | stop | start | load-image) require_cluster ;;
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
  load-image)
    [ "$#" -gt 0 ] || usage
    for archive in "$@"; do provider_load "$archive"; done
    ;;
esac
