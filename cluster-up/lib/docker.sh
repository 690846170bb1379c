# shellcheck shell=bash
# What the local provider asks docker for. Sourced, never run.

# What is the cluster's own is looked for by this label, never by a pattern of names.
label=barevirt.cluster=$cluster

# containers_of_cluster, volumes_of_cluster: names, in order.
containers_of_cluster() { docker ps -a --filter "label=$label" --format '{{.Names}}' | sort; }
volumes_of_cluster() { docker volume ls --filter "label=$label" --format '{{.Name}}' | sort; }

# is_running CONTAINER
is_running() { [ "$(docker container inspect -f '{{.State.Running}}' "$1" 2>/dev/null)" = true ]; }

# exec_in CONTAINER COMMAND...: with a terminal where there is one.
exec_in() {
  local terminal=(-i)
  if [ -t 0 ] && [ -t 1 ]; then terminal=(-it); fi
  docker exec "${terminal[@]}" "$@"
}

# privileges: prints the arguments that make a container as mighty as a node must be. Where this machine itself may not
# have CAP_SYS_RESOURCE, --privileged cannot be given, so everything else is listed.
privileges() {
  local all=(chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable
    net_bind_service net_broadcast net_admin net_raw ipc_lock ipc_owner sys_module sys_rawio sys_chroot sys_ptrace
    sys_pacct sys_admin sys_boot sys_nice sys_resource sys_time sys_tty_config mknod lease audit_write audit_control
    setfcap mac_override mac_admin syslog wake_alarm block_suspend audit_read)
  local bounding number device
  bounding=$((16#$(awk '/^CapBnd:/ {print $2}' /proc/self/status)))
  if ((bounding >> 24 & 1)); then
    echo --privileged
    return
  fi
  for number in "${!all[@]}"; do
    ((bounding >> number & 1)) && echo "--cap-add=${all[number]}"
  done
  printf '%s\n' --security-opt=seccomp=unconfined --security-opt=apparmor=unconfined \
    --security-opt=systempaths=unconfined '--device-cgroup-rule=a *:* rwm'
  for device in kvm net/tun fuse kmsg loop-control vhost-net vhost-vsock; do
    [ ! -e "/dev/$device" ] || echo "--device=/dev/$device"
  done
}

# cgroup_arguments: where the machine has cgroup v1, a node works in the machine's tree, below a folder of its own.
cgroup_arguments() {
  echo --cgroupns=private
  [ -e /sys/fs/cgroup/cgroup.controllers ] || echo --volume=/sys/fs/cgroup:/sys/fs/cgroup:rw
}

# run_node NUMBER IMAGE: a container that is there is started with what it has; its volume outlives it.
run_node() {
  local container privileges cgroups
  container=$(container_name "$1")
  ! is_running "$container" || return 0
  if docker container inspect "$container" >/dev/null 2>&1; then
    docker start "$container" >/dev/null || fail "docker could not start $container"
    return
  fi
  docker volume create --label "$label" "$container" >/dev/null
  mapfile -t privileges < <(privileges)
  mapfile -t cgroups < <(cgroup_arguments)
  docker run --detach --name "$container" --hostname "$(node_name "$1")" --label "$label" --network "$cluster" \
    --ip "$(node_address4 "$1")" --ip6 "$(node_address6 "$1")" --volume "$container:/var" \
    --volume "$state/nodes/$(node_name "$1"):/etc/cluster:ro" --tmpfs /run:exec,mode=755 --tmpfs /tmp:exec \
    --log-opt max-size=20m --log-opt max-file=2 "${privileges[@]}" "${cgroups[@]}" "$2" >/dev/null ||
    fail "docker could not run the node $container"
}
