# shellcheck shell=bash
# Nodes of kind, where its images can be had: KUBE_VERSION chooses one, for example v1.36.0. Sourced by the scripts of
# cluster-up. kind brings its own DNS and a StorageClass for filesystems; it has none for block devices.

for part in requirements docker archive; do
  # shellcheck disable=SC1090 # the parts are named in the line above
  . "$cluster_up/lib/$part.sh"
done

provider_kubectl() {
  command -v kubectl || fail "KUBE_PROVIDER=kind needs kubectl on the PATH."
}

provider_check() {
  command -v kind >/dev/null ||
    fail "kind is not installed: 'go install sigs.k8s.io/kind@latest', or use KUBE_PROVIDER=local."
  require_docker
  provider_kubectl >/dev/null
}

provider_up() {
  local image=()
  remember_provider
  [ -z "${KUBE_VERSION:-}" ] || image=(--image "kindest/node:$KUBE_VERSION")
  if [ -n "$(kind_nodes)" ]; then
    kind_nodes | xargs docker start >/dev/null
  else
    kind_config | with_progress "starting kind" kind create cluster -q --name "$cluster" --config - \
      --kubeconfig "$state/kubeconfig" "${image[@]}" --wait 180s ||
      fail "kind could not start a cluster; the lines above say why. Where its images cannot be had, use KUBE_PROVIDER=local."
  fi
  wait_until 120 "nodes of kind that are ready" "$(provider_kubectl)" --kubeconfig "$state/kubeconfig" \
    wait --for=condition=Ready node --all --timeout=1s
}

kind_config() {
  local number nodes=${KUBE_NODES:-2}
  [[ $nodes =~ ^[1-9]$ ]] || fail "KUBE_NODES must be a number from 1 to 9, not '$nodes'"
  printf 'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnetworking: {ipFamily: dual}\nnodes:\n- role: control-plane\n'
  for number in $(seq 2 "$nodes"); do
    printf -- '- role: worker\n  labels: {number: "%s"}\n' "$number"
  done
}

kind_nodes() { docker ps -a --filter "label=io.x-k8s.kind.cluster=$cluster" --format '{{.Names}}' | sort; }

provider_is_up() {
  local node
  require_docker
  [ -s "$state/kubeconfig" ] && [ -n "$(kind_nodes)" ] || return 1
  for node in $(kind_nodes); do is_running "$node" || return 1; done
  "$(provider_kubectl)" --kubeconfig "$state/kubeconfig" wait --for=condition=Ready node --all --timeout=1s >/dev/null 2>&1
}

provider_down() {
  require_docker
  [ -z "$(kind_nodes)" ] || kind delete cluster -q --name "$cluster" --kubeconfig "$state/kubeconfig"
}

provider_nodes() { kind_nodes; }

provider_exec() { exec_in "$@"; }

provider_logs() { docker exec "$1" journalctl --no-pager; }

provider_stop() { docker stop --time 5 "$1" >/dev/null; }

provider_load() { kind load image-archive "$1" --name "$cluster"; }
