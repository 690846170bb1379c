# shellcheck shell=bash
# Takes away a cluster of the local provider, the traces outside its containers too. Sourced, never run.

# A node whose container is lost is known by its volume.
provider_down() {
  local name image
  require_docker
  image=$(image_of_nodes)
  while read -r name; do
    docker rm -f "$name" >/dev/null 2>&1 || true
    ! docker volume inspect "$name" >/dev/null 2>&1 || release_volumes "$name" "$image"
    remove_cgroups "$name" "$image"
  done < <({ containers_of_cluster && volumes_of_cluster; } | sort -u)
  volumes_of_cluster | xargs -r docker volume rm >/dev/null
  docker network ls --filter "label=$label" --format '{{.Name}}' | xargs -r docker network rm >/dev/null
}

image_of_nodes() {
  local container
  container=$(containers_of_cluster | head -n 1)
  if [ -n "$container" ]; then docker container inspect -f '{{.Config.Image}}' "$container"; else node_image; fi
}

# release_volumes CONTAINER IMAGE: what a killed node has left on loop devices is found by its volume.
release_volumes() {
  local privileges
  mapfile -t privileges < <(privileges 2>/dev/null)
  docker run --rm "${privileges[@]}" --label "$label" --network none --volume "$1:/var" \
    --entrypoint release-volumes "$2"
}

# remove_cgroups CONTAINER IMAGE: removes what a node has left below the machine's cgroups. docker does it, as root.
remove_cgroups() {
  [ ! -e /sys/fs/cgroup/cgroup.controllers ] || return 0
  docker run --rm --label "$label" --volume /sys/fs/cgroup:/sys/fs/cgroup:rw --network none --entrypoint find "$2" \
    /sys/fs/cgroup -path "/sys/fs/cgroup/*/$1*" -depth -type d -exec rmdir {} + 2>/dev/null || true
}
