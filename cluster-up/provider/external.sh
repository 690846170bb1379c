# shellcheck shell=bash
# A cluster that somebody else runs, as the current kubeconfig names it. Nothing is started or stopped; images are
# pushed to IMAGE_PREFIX. Sourced by the scripts of cluster-up.

# shellcheck disable=SC1091 # beside this folder
. "$cluster_up/lib/archive.sh"

provider_kubectl() {
  command -v kubectl || fail "KUBE_PROVIDER=external needs kubectl on the PATH."
}

provider_check() {
  provider_kubectl >/dev/null
  [ -n "${IMAGE_PREFIX:-}" ] ||
    fail "KUBE_PROVIDER=external needs IMAGE_PREFIX, the registry that the cluster pulls from: registry.example.org/barevirt/"
}

provider_up() {
  local kubectl
  kubectl=$(provider_kubectl)
  remember_provider
  "$kubectl" config view --raw --minify --flatten >"$state/kubeconfig.new" 2>/dev/null ||
    fail "there is no current context in the kubeconfig: choose one with 'kubectl config use-context'."
  chmod 600 "$state/kubeconfig.new"
  "$kubectl" --kubeconfig "$state/kubeconfig.new" --request-timeout 10s get --raw /readyz >/dev/null ||
    fail "the cluster of the current kubeconfig does not answer; the line above says why."
  echo "$IMAGE_PREFIX" >"$state/image-prefix"
  mv "$state/kubeconfig.new" "$state/kubeconfig"
}

provider_is_up() {
  [ -s "$state/kubeconfig" ] &&
    "$(provider_kubectl)" --kubeconfig "$state/kubeconfig" --request-timeout 10s get --raw /readyz >/dev/null 2>&1
}

provider_down() { say "$cluster stays up, as it is not this machine's; only what is known of it here is removed"; }

provider_nodes() {
  "$(provider_kubectl)" --kubeconfig "$state/kubeconfig" get nodes -o 'jsonpath={range .items[*]}{.metadata.name}{"\n"}{end}'
}

provider_exec() { fail "there is no way onto a node of KUBE_PROVIDER=external; try 'kubectl debug node/$1'."; }
provider_logs() { fail "the logs of a node of KUBE_PROVIDER=external are not to be had here."; }
provider_stop() { fail "a node of KUBE_PROVIDER=external is not stopped from here."; }

# provider_load ARCHIVE: pushes each image under the prefix, by the last part of its name.
provider_load() {
  local name names
  mapfile -t names < <(archive_names "$1")
  [ "${#names[@]}" -gt 0 ] || exit 1
  command -v skopeo >/dev/null || fail "skopeo is not installed: run 'make deps'."
  for name in "${names[@]}"; do
    say "pushing $name"
    skopeo copy -q "$(archive_transport "$1"):$1:$name" "docker://$(cat "$state/image-prefix")${name##*/}" ||
      fail "could not push $name to $(cat "$state/image-prefix")"
  done
}
