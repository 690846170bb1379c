# shellcheck shell=bash
# Finds the provider of a cluster, the one that it was made with before the one that is asked for, and what is common
# to them. A provider defines provider_check (fails where it cannot be used), provider_up, provider_is_up,
# provider_down, provider_kubectl, provider_nodes, provider_exec NODE COMMAND..., provider_logs NODE, provider_stop NODE
# and provider_load ARCHIVE. Sourced, never run.

# choose_provider: for `up`, which may make a cluster.
choose_provider() {
  local asked=${KUBE_PROVIDER:-}
  provider=$(cat "$state/provider" 2>/dev/null || echo "${asked:-local}")
  [ -z "$asked" ] || [ "$asked" = "$provider" ] ||
    fail "$cluster was made by KUBE_PROVIDER=$provider: run cluster-down first, or choose another KUBE_CLUSTER."
  [[ $provider =~ ^(local|kind|external)$ ]] ||
    fail "KUBE_PROVIDER must be local, kind or external, not '$provider'"
  load_provider
  provider_check
}

# remember_provider: called by provider_up before the first thing that cluster-down has to remove.
remember_provider() {
  mkdir -p "$state"
  chmod 700 "$state"
  echo "$provider" >"$state/provider"
}

# require_cluster: for everything that works on a cluster that is there.
require_cluster() {
  [ -s "$state/provider" ] ||
    fail "there is no cluster '$cluster': run 'make cluster-up' in $tree$(others)"
  provider=$(cat "$state/provider")
  load_provider
}

load_provider() {
  # shellcheck disable=SC1090 # one of the three beside this file
  . "$cluster_up/provider/$provider.sh"
}

others() {
  local names
  names=$(find "$clusters" -mindepth 2 -maxdepth 2 -name provider -printf '%P\n' 2>/dev/null | cut -d/ -f1 | paste -sd' ')
  [ -z "$names" ] || echo ", or set KUBE_CLUSTER to one of: $names"
}

# lock_cluster: one change at a time. The lock is beside the cluster's folder, which cluster-down removes.
lock_cluster() {
  mkdir -p "$clusters"
  exec {cluster_lock}>"$clusters/.$cluster.lock"
  flock -n "$cluster_lock" || with_progress "waiting for another command that changes $cluster" flock "$cluster_lock"
}

# describe: a sentence about a cluster that is up.
describe() {
  "$(provider_kubectl)" --kubeconfig "$state/kubeconfig" get nodes \
    -o 'jsonpath={range .items[*]}{.metadata.name} {.status.nodeInfo.kubeletVersion}{"\n"}{end}' |
    awk '{ names = names (NR > 1 ? ", " : "") $1; version = $2 } END { print names " with Kubernetes " version }'
}

install_addon() {
  [ -x "$cluster_up/addons/$1" ] ||
    fail "there is no add-on '$1'; see $cluster_up/addons/README.md for what there is and why not more."
  KUBECONFIG=$state/kubeconfig "$cluster_up/addons/$1"
}
