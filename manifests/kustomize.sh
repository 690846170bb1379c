# shellcheck shell=bash
# Finds a kustomize: the cluster's kubectl, one on the PATH, or kustomize itself. Sourced from the tree's root, never run.

say() { echo "manifests: $*" >&2; }

fail() {
  say "$*"
  exit 1
}

# kustomize DIRECTORY: renders it.
kustomize() {
  local kubectl
  kubectl=$(find "${XDG_CACHE_HOME:-$HOME/.cache}"/barevirt/cluster/bin/kubernetes-*/kubectl -printf '%T@ %p\n' 2>/dev/null |
    sort -rn | awk 'NR == 1 {print $2}')
  kubectl=${kubectl:-$(command -v kubectl || true)}
  if [ -n "$kubectl" ]; then
    "$kubectl" kustomize "$1"
  elif command -v kustomize >/dev/null; then
    command kustomize build "$1"
  else
    fail "there is neither kubectl nor kustomize to render with; install one, or run make cluster-up, which builds kubectl."
  fi
}
