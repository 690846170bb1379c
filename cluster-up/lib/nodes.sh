# shellcheck shell=bash
# Writes what each node of the local provider reads as /etc/cluster. Sourced, never run.

# configure_node NUMBER NODES
configure_node() {
  local number=$1 folder
  folder=$state/nodes/$(node_name "$number")
  mkdir -p "$folder"
  chmod 700 "$folder"
  node_settings "$number" >"$folder/settings"
  node_routes "$number" "$2" >"$folder/routes"
  node_resolver >"$folder/resolv.conf"
  node_cni "$number" >"$folder/cni.conflist"
  node_kubelet "$number" >"$folder/kubelet.yaml"
  cp "$pki/ca.crt" "$folder/ca.crt"
  cp "$pki/$(node_name "$number").crt" "$folder/kubelet.crt"
  cp "$pki/$(node_name "$number").key" "$folder/kubelet.key"
  kubeconfig "$(node_name "$number")" "$folder/kubelet.kubeconfig"
  kubeconfig proxy "$folder/proxy.kubeconfig"
  kubeconfig storage "$folder/storage.kubeconfig"
  [ "$number" = 1 ] || return 0
  kubeconfig controller-manager "$folder/controller-manager.kubeconfig"
  kubeconfig scheduler "$folder/scheduler.kubeconfig"
  rm -rf "$folder/pki"
  cp -r "$pki" "$folder/pki"
}

node_settings() {
  cat "$state/network"
  cat <<END
node_name=$(node_name "$1")
container_name=$(container_name "$1")
address4=$(node_address4 "$1")
address6=$(node_address6 "$1")
control_plane=$([ "$1" != 1 ] || echo yes)
END
}

node_routes() {
  local other
  for other in $(seq "$2"); do
    [ "$other" != "$1" ] || continue
    echo "$(pods_of_node4 "$other") $(node_address4 "$other")"
    echo "$(pods_of_node6 "$other") $(node_address6 "$other")"
  done
}

# node_resolver: the machine's name servers, but for those that only the machine itself reaches.
node_resolver() {
  local file=/etc/resolv.conf
  [ ! -e /run/systemd/resolve/resolv.conf ] || file=/run/systemd/resolve/resolv.conf
  grep -Ev '^nameserver +(127\.|::1|fe80:)' "$file" || true
}

node_cni() {
  cat <<END
{"cniVersion": "1.0.0", "name": "cluster", "plugins": [
  {"type": "bridge", "bridge": "cni0", "isGateway": true, "hairpinMode": true,
   "ipam": {"type": "host-local",
            "ranges": [[{"subnet": "$(pods_of_node4 "$1")"}], [{"subnet": "$(pods_of_node6 "$1")"}]],
            "routes": [{"dst": "0.0.0.0/0"}, {"dst": "::/0"}]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}]}
END
}

node_kubelet() {
  cat <<END
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: /etc/cluster/ca.crt}}
authorization: {mode: Webhook}
tlsCertFile: /etc/cluster/kubelet.crt
tlsPrivateKeyFile: /etc/cluster/kubelet.key
clusterDNS: ["$(service_address4 10)"]
clusterDomain: cluster.local
resolvConf: /etc/cluster/resolv.conf
cgroupDriver: cgroupfs
cgroupRoot: /$(container_name "$1")
failCgroupV1: false
failSwapOn: false
evictionHard: {memory.available: 100Mi, nodefs.available: 1%, nodefs.inodesFree: 1%, imagefs.available: 1%}
imageGCHighThresholdPercent: 100
serializeImagePulls: false
END
}
