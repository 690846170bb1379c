#!/bin/bash
# kubectl for the cluster that KUBE_CLUSTER names, from any folder: kubectl.sh get pods -A
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source-path=SCRIPTDIR source=lib/common.sh
. "$here/lib/common.sh"
# shellcheck source-path=SCRIPTDIR source=lib/provider.sh
. "$here/lib/provider.sh"

require_cluster
[ -s "$state/kubeconfig" ] || fail "'make cluster-up' of $cluster has not come to its end: run it again."
KUBECONFIG=$state/kubeconfig exec "$(provider_kubectl)" "$@"
