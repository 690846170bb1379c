#!/bin/bash
# virtctl for the cluster that KUBE_CLUSTER names, from any folder: virtctl.sh console my-vm
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source-path=SCRIPTDIR source=lib/common.sh
. "$here/lib/common.sh"
# shellcheck source-path=SCRIPTDIR source=lib/provider.sh
. "$here/lib/provider.sh"

[ -x "$tree/bin/virtctl" ] || fail "$tree has no bin/virtctl: run make build."
require_cluster
KUBECONFIG=$state/kubeconfig exec "$tree/bin/virtctl" "$@"
