# shellcheck shell=bash
# Makes the image of a node, kept by docker under a name that follows from its content. Sourced, never run.

node_modules=(kubernetes etcd containerd coredns storage)
node_release=trixie

# node_image: the name of the image of this tree's nodes.
node_image() {
  local module
  {
    for module in "${node_modules[@]}"; do programs_of "$module"; done
    echo "$node_release"
    sha256sum "$cluster_up"/node/* | awk '{print $1}'
  } | sha256sum | sed -E 's/^(.{16}).*/barevirt-node:\1/'
}

has_image() { docker image inspect "$1" >/dev/null 2>&1; }

# make_node_image: builds what is missing of it.
make_node_image() {
  local image lock
  image=$(node_image)
  # kubectl is run from the cache, so that is needed with the image too.
  build_programs kubernetes
  ! has_image "$image" || return 0
  build_programs "${node_modules[@]}"
  require_space "$(docker info -f '{{.DockerRootDir}}')" 4096
  exec {lock}>"$cluster_cache/.image-lock"
  flock -n "$lock" || with_progress "waiting for another build of the node image" flock "$lock"
  has_image "$image" || {
    make_root
    with_progress "making the node image" make_layers "$image" || fail "docker could not make the image $image"
  }
  exec {lock}>&-
}

# root_image: the name of the Debian root that nodes begin with.
root_image() {
  echo "barevirt-node-root:$( (echo "$node_release" && cat "$cluster_up/node/packages.txt") | sha256sum | cut -c1-16)"
}

make_root() {
  local image packages
  image=$(root_image)
  ! has_image "$image" || return 0
  command -v mmdebstrap >/dev/null || fail "mmdebstrap is not installed: run 'make deps'."
  packages=$(grep -v '^#' "$cluster_up/node/packages.txt" | paste -sd, -)
  with_progress "making a Debian $node_release for the nodes" import_root "$packages" "$image" ||
    fail "mmdebstrap could not make a Debian $node_release; the lines above say why. Run the same again."
}

# import_root PACKAGES IMAGE
import_root() {
  local work status=0
  work=$(mktemp -d) || return
  # mmdebstrap may unpack as another user.
  chmod 755 "$work"
  { "$tree/.ci/retry" mmdebstrap -q --variant=minbase --include="$1" "$node_release" "$work/root.tar" >"$work/log" 2>&1 &&
    docker import "$work/root.tar" "$2" >>"$work/log" 2>&1; } || status=$?
  [ "$status" = 0 ] || tail -n 20 "$work/log" >&2
  rm -rf "$work"
  return "$status"
}

make_layers() {
  local context module
  context=$(mktemp -d "$cluster_cache/.node.XXXXXX") || return
  mkdir "$context/programs" "$context/images" || return
  for module in kubernetes etcd containerd storage; do
    cp -l "$(programs_of "$module")"/* "$context/programs/" || return
  done
  cp "$cluster_up"/node/* "$context/" &&
    make_archive pause:1 "$context/images/pause.tar" "$(root_image)" /usr/bin/catatonit -P &&
    make_archive coredns:1 "$context/images/coredns.tar" "$(programs_of coredns)/coredns" /coredns &&
    DOCKER_BUILDKIT=0 docker build -q --build-arg "ROOT=$(root_image)" -t "$1" -f "$context/Containerfile" "$context" >/dev/null 2>&1
  local status=$?
  rm -rf "$context"
  return "$status"
}

# make_archive NAME ARCHIVE SOURCE PROGRAM [ARGUMENT...]: an image of one static program, from a file or another image.
make_archive() {
  local name=localhost/cluster/$1 archive=$2 source=$3 program=$4 work container
  shift 3
  work=$(mktemp -d "$archive.XXXXXX") || return
  if [ -f "$source" ]; then
    cp -l "$source" "$work/program" || return
  else
    container=$(docker create "$source" true) && docker cp -qL "$container:$program" "$work/program" &&
      docker rm "$container" >/dev/null || return
  fi
  printf 'FROM scratch\nCOPY program %s\nENTRYPOINT ["%s"]\nCMD [%s]\n' "$program" "$program" \
    "$(shift && printf '"%s",' "$@" | sed 's/,$//; s/^""$//')" >"$work/Containerfile" &&
    DOCKER_BUILDKIT=0 docker build -q -t "$name" -f "$work/Containerfile" "$work" >/dev/null 2>&1 &&
    docker save -o "$archive" "$name" && docker rmi "$name" >/dev/null && rm -rf "$work"
}
