# shellcheck shell=bash
# Nodes as containers of docker, with Kubernetes from pinned Go modules. Sourced by the scripts of cluster-up.

for part in requirements docker go image network pki nodes core removal archive; do
  # shellcheck disable=SC1090 # the parts are named in the line above
  . "$cluster_up/lib/$part.sh"
done

provider_kubectl() { echo "$(programs_of kubernetes)/kubectl"; }

provider_check() { require_docker && wanted_nodes >/dev/null; }

provider_up() {
  local number nodes
  nodes=$(wanted_nodes)
  make_node_image
  remember_provider
  make_network
  # shellcheck disable=SC1091 # written just above
  . "$state/network"
  make_pki "$nodes"
  kubeconfig admin "$state/kubeconfig"
  for number in $(seq "$nodes"); do configure_node "$number" "$nodes"; done
  for number in $(seq "$nodes"); do run_node "$number" "$(node_image)"; done
  echo "$nodes" >"$state/nodes.count"
  wait_for_core "$nodes"
}

# wanted_nodes: KUBE_NODES, but never fewer than there are.
wanted_nodes() {
  local wanted=${KUBE_NODES:-2} have=0
  [[ $wanted =~ ^[1-9]$ ]] || fail "KUBE_NODES must be a number from 1 to 9, not '$wanted'"
  [ ! -s "$state/nodes.count" ] || have=$(cat "$state/nodes.count")
  [ "$have" -le "$wanted" ] || [ -z "${KUBE_NODES:-}" ] ||
    say "$cluster has $have nodes and keeps them; for fewer, run cluster-down first"
  echo $((have > wanted ? have : wanted))
}

make_network() {
  if docker network inspect "$cluster" >/dev/null 2>&1; then
    [ ! -s "$state/network" ] || return 0
    forget_network
  fi
  choose_network >"$state/network.new"
  mv "$state/network.new" "$state/network"
}

# forget_network: a network without its settings is of a cluster-up that was killed in between. Nothing is in it.
forget_network() {
  [ "$(docker network inspect -f '{{index .Labels "barevirt.cluster"}}' "$cluster")" = "$cluster" ] ||
    fail "docker has a network '$cluster' that is not this cluster's: choose another KUBE_CLUSTER."
  docker network rm "$cluster" >/dev/null || fail "docker could not remove the network $cluster"
}

# provider_is_up: whether nothing is to be done.
provider_is_up() {
  local number kubectl nodes
  require_docker
  [ -s "$state/nodes.count" ] && [ -s "$state/kubeconfig" ] || return 1
  nodes=$(cat "$state/nodes.count")
  [ "$(wanted_nodes 2>/dev/null)" = "$nodes" ] || return 1
  for number in $(seq "$nodes"); do is_running "$(container_name "$number")" || return 1; done
  kubectl=$(provider_kubectl)
  [ "$(docker container inspect -f '{{.Config.Image}}' "$(container_name 1)")" = "$(node_image)" ] ||
    say "$cluster runs nodes of another state of this tree; to renew them, run cluster-down first"
  [ "$("$kubectl" --kubeconfig "$state/kubeconfig" get nodes -o \
    'jsonpath={range .items[*]}{.status.conditions[?(@.type=="Ready")].status}{"\n"}{end}' 2>/dev/null |
    grep -c True)" = "$nodes" ] &&
    "$kubectl" --kubeconfig "$state/kubeconfig" -n kube-system wait --for=condition=Available \
      deployment/coredns --timeout=0s >/dev/null 2>&1
}

provider_nodes() {
  require_docker
  containers_of_cluster | sed "s/^$cluster-//"
}

provider_exec() { exec_in "$cluster-$1" "${@:2}"; }

provider_logs() { docker logs "$cluster-$1" 2>&1; }

provider_stop() { docker stop --time 5 "$cluster-$1" >/dev/null; }

# provider_load ARCHIVE: puts its images on the nodes that lack them, all at once.
provider_load() {
  local archive=$1 key names node running=() process failed=0
  key=$(archive_key "$archive")
  mapfile -t names < <(archive_names "$archive")
  [ "${#names[@]}" -gt 0 ] || exit 1
  for node in $(provider_nodes); do
    docker exec "$cluster-$node" image-store has "$key" "${names[@]}" 2>/dev/null || {
      say "loading ${names[*]} on $node"
      docker exec -i "$cluster-$node" image-store load "$key" "${names[@]}" <"$archive" >&2 &
      running+=($!)
    }
  done
  for process in "${running[@]}"; do wait "$process" || failed=1; done
  [ "$failed" = 0 ] || fail "could not load $archive on every node; the lines above say why."
}
