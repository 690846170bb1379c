# shellcheck shell=bash
# Makes of a container a node: mounts, devices, forwarding, a cgroup of its own, routes to the other nodes' pods.
# Sourced by entry.

prepare_node() {
  mount --make-rshared /
  # What a stop of the container has left behind: no pod of before lives any more.
  rm -rf /var/lib/cni/networks
  mkdir -p /etc/cni/net.d /opt/cni/bin /var/lib/cluster/volumes /var/log/pods
  cp /etc/cluster/cni.conflist /etc/cni/net.d/10-cluster.conflist
  sha256sum <<<"$container_name" | cut -c1-32 >/etc/machine-id
  prepare_devices
  prepare_network
  prepare_cgroup
}

prepare_devices() {
  local device
  # A loop device that the kubelet of before holds would keep its volume busy for ever.
  release-volumes
  rm -f /var/lib/cluster/volumes/*/device
  for device in /dev/kvm /dev/net/tun /dev/fuse /dev/vhost-net /dev/vhost-vsock; do
    [ ! -e "$device" ] || chmod 666 "$device"
  done
}

prepare_network() {
  local name
  for name in ipv6/conf/all/disable_ipv6=0 ipv6/conf/default/disable_ipv6=0 ipv4/ip_forward=1 \
    ipv6/conf/all/forwarding=1 ipv4/conf/all/rp_filter=0; do
    echo "${name#*=}" >"/proc/sys/net/${name%=*}"
  done
  # Pods speak to the cluster as themselves and to the rest of the world as their node.
  nft -f - <<END
table inet cluster-masquerade
delete table inet cluster-masquerade
table inet cluster-masquerade {
  chain postrouting {
    type nat hook postrouting priority srcnat;
    ip saddr $pod_range4 ip daddr != { $pod_range4, $node_range4, $service_range4 } masquerade
    ip6 saddr $pod_range6 ip6 daddr != { $pod_range6, $node_range6, $service_range6 } masquerade
  }
}
END
  cluster-routes
}

# The tree of cgroups is the machine's. Two kubelets in one root would take each other's pods for orphans.
prepare_cgroup() {
  if [ -e /sys/fs/cgroup/cgroup.controllers ]; then prepare_cgroup2; else prepare_cgroup1; fi
}

prepare_cgroup1() {
  local controller own
  for controller in /sys/fs/cgroup/*/; do
    [ -e "$controller/tasks" ] || continue
    own=$controller/$container_name
    mkdir -p "$own"
    [ ! -e "$controller/cpuset.cpus" ] || {
      cat "$controller/cpuset.cpus" >"$own/cpuset.cpus"
      cat "$controller/cpuset.mems" >"$own/cpuset.mems"
    }
  done
}

# A cgroup that gives controllers to its children has no processes itself, so those of the node move into one beside.
prepare_cgroup2() {
  local root=/sys/fs/cgroup process
  mount -o remount,rw "$root"
  mkdir -p "$root/programs" "$root/$container_name"
  while read -r process; do
    echo "$process" >"$root/programs/cgroup.procs" 2>/dev/null || true
  done <"$root/cgroup.procs"
  sed -e 's/ / +/g' -e 's/^/+/' "$root/cgroup.controllers" >"$root/cgroup.subtree_control"
  sed -e 's/ / +/g' -e 's/^/+/' "$root/cgroup.controllers" >"$root/$container_name/cgroup.subtree_control"
}

# import_images: puts into containerd what pods of the node itself need, unless a start before has done it.
import_images() {
  local archive ctr=(ctr -n k8s.io images) tries
  for tries in {1..300}; do
    ! "${ctr[@]}" ls -q >/dev/null 2>&1 || break
    [ "$tries" != 300 ] || echo "node: containerd did not answer within a minute" >&2
    read -rt 0.2 _ <> <(:) || true
  done
  for archive in /usr/local/share/cluster/images/*.tar; do
    "${ctr[@]}" import "$archive"
  done
}
