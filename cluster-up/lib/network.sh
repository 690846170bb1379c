# shellcheck shell=bash
# Chooses address ranges for a cluster that nothing on this machine uses, and computes addresses in them. Sourced.
#
# nodes     10.89.I.0/24   P::/64         visible on this machine, as the docker network of the cluster
# pods      10.A.0.0/16    P:100::/56     inside the nodes only; node N has 10.A.N.0/24 and P:1NN::/64
# services  10.B.0.0/20    P:1::/112      inside the nodes only
# I, A and B follow from the cluster's name and from what is taken; P is a /48 of unique local addresses.

# choose_network: creates the cluster's docker network and prints the settings that say which ranges were chosen.
choose_network() {
  local start attempt index ranges error=''
  [ -e /proc/sys/net/ipv6/conf ] ||
    fail "this kernel has IPv6 switched off, and the cluster is IPv4 and IPv6: boot without ipv6.disable=1."
  start=$(cksum <<<"$cluster" | cut -d' ' -f1)
  for attempt in {0..199}; do
    index=$(((start + attempt) % 200))
    ranges=$(ranges_of "$index")
    is_free "$ranges" || continue
    if error=$(create_network "$ranges" 2>&1 >/dev/null); then
      echo "$ranges"
      return
    fi
    grep -q 'overlap' <<<"$error" || break
  done
  fail "no docker network for the cluster could be made: ${error:-every range that was tried is in use on this machine}"
}

ranges_of() {
  local prefix
  prefix=$(sha256sum <<<"$cluster $1" | sed -E 's/^(..)(....)(....).*/fd\1:\2:\3/')
  cat <<END
node_range4=10.89.$1.0/24
node_range6=$prefix::/64
pod_range4=10.$((128 + $1 % 64)).0.0/16
pod_range6=$prefix:100::/56
service_range4=10.$((192 + $1 % 56)).0.0/20
service_range6=$prefix:1::/112
END
}

# is_free RANGES: whether no route of this machine, and so no network it can reach, overlaps one of them.
is_free() {
  local range route
  while IFS='=' read -r _ range; do
    while read -r route; do
      ! overlap4 "$range" "$route" || return 1
    done < <(ip -4 route show table all type unicast | awk '$1 ~ /^[0-9.]+(\/[0-9]+)?$/ {print $1}')
  done < <(grep '4=' <<<"$1")
  ! ip -6 route show table all | grep -q "$(sed -n 's/^node_range6=\(.*\)::.*/\1/p' <<<"$1"):"
}

overlap4() {
  local bits1=${1#*/} bits2=32 bits mask
  case $2 in */*) bits2=${2#*/} ;; esac
  bits=$((bits1 < bits2 ? bits1 : bits2))
  mask=$(((0xffffffff << (32 - bits)) & 0xffffffff))
  [ $(($(number4 "${1%/*}") & mask)) = $(($(number4 "${2%/*}") & mask)) ]
}

number4() {
  local a b c d
  IFS=. read -r a b c d <<<"$1"
  echo $(((a << 24) + (b << 16) + (${c:-0} << 8) + ${d:-0}))
}

create_network() {
  local node_range4 node_range6
  node_range4=$(sed -n 's/^node_range4=//p' <<<"$1")
  node_range6=$(sed -n 's/^node_range6=//p' <<<"$1")
  docker network create --driver bridge --label "barevirt.cluster=$cluster" --subnet "$node_range4" \
    --gateway "${node_range4%0/24}1" --ipv6 --subnet "$node_range6" --gateway "${node_range6%/64}1" "$cluster"
}

# Addresses of node NUMBER and of its pods, from the chosen ranges.
node_address4() { echo "${node_range4%0/24}$((10 + $1))"; }
node_address6() { printf '%s%x\n' "${node_range6%/64}" $((0x10 + $1)); }
pods_of_node4() { echo "${pod_range4%0.0/16}$1.0/24"; }
pods_of_node6() { printf '%s1%02x::/64\n' "${pod_range6%100::/56}" "$1"; }

# The first address of the services is the API server's, the tenth is the DNS server's.
service_address4() { echo "${service_range4%0/20}$1"; }
service_address6() { printf '%s%x\n' "${service_range6%/112}" "$1"; }
