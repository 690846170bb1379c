# shellcheck shell=bash
# Puts on a cluster whose nodes run what each has, and waits until all of it works. Sourced, never run.

wait_for_core() {
  local number name kubectl forward=''
  kubectl=$(provider_kubectl)
  export KUBECONFIG=$state/kubeconfig
  wait_until 120 "an answer of the API server (see cluster-up/cli.sh logs node01)" "$kubectl" get --raw /readyz
  ! grep -q ^nameserver "$state/nodes/node01/resolv.conf" || forward='forward . /etc/resolv.conf'
  awk 'FNR == 1 {print "---"} {print}' "$cluster_up"/core/*.yaml |
    sed -e "s|\${DNS4}|$(service_address4 10)|" -e "s|\${DNS6}|$(service_address6 10)|" -e "s|\${FORWARD}|$forward|" |
    "$kubectl" apply --server-side --force-conflicts -f - >/dev/null || fail "the core could not be applied"
  for number in $(seq "$1"); do
    name=$(node_name "$number")
    wait_until 120 "the registration of $name (see cluster-up/cli.sh logs $name)" "$kubectl" get node "$name"
    "$kubectl" patch node "$name" --type merge -p "$(ranges_patch "$number")" >/dev/null
    docker exec "$(container_name "$number")" cluster-routes
    # The status of a node that was restarted is, for a while, that of before.
    wait_until 120 "an answer of the kubelet of $name" "$kubectl" get --raw "/api/v1/nodes/$name/proxy/healthz"
  done
  "$kubectl" wait --for=condition=Ready node --all --timeout=120s >/dev/null || fail "the nodes are not ready"
  "$kubectl" -n kube-system rollout status deployment/coredns --timeout=120s >/dev/null || fail "DNS is not ready"
}

ranges_patch() {
  printf '{"spec": {"podCIDR": "%s", "podCIDRs": ["%s", "%s"]}}' \
    "$(pods_of_node4 "$1")" "$(pods_of_node4 "$1")" "$(pods_of_node6 "$1")"
}
