# shellcheck shell=bash
# The cluster's certificates and the kubeconfigs that carry them, below $state/pki. What is there and valid is kept, so
# that a repair changes nobody's identity. Sourced, never run.

pki=$state/pki

# authority NAME: a self-signed certificate authority.
authority() {
  is_valid "$1" || issue "$1" "/CN=$1" -addext 'basicConstraints=critical,CA:TRUE' \
    -addext 'keyUsage=critical,digitalSignature,keyEncipherment,keyCertSign'
}

# certificate NAME AUTHORITY SUBJECT [ALTERNATIVE-NAMES]: one for a client, and for a server when it has names.
certificate() {
  local usage=clientAuth names=()
  if [ -n "${4:-}" ]; then
    usage=serverAuth,clientAuth
    names=(-addext "subjectAltName=$4")
  fi
  is_valid "$1" || issue "$1" "$3" -CA "$pki/$2.crt" -CAkey "$pki/$2.key" "${names[@]}" \
    -addext 'basicConstraints=critical,CA:FALSE' -addext 'keyUsage=critical,digitalSignature,keyEncipherment' \
    -addext "extendedKeyUsage=$usage"
}

# issue NAME SUBJECT OPTION...: the certificate appears in one rename, after its key. People's clients are of many
# kinds, and some read RSA keys only.
issue() {
  local name=$1 subject=$2 key=(-newkey ec -pkeyopt ec_paramgen_curve:prime256v1)
  shift 2
  [ "$name" != admin ] || key=(-newkey rsa:2048)
  openssl req -x509 "${key[@]}" -noenc -days 3650 -config /dev/null \
    -subj "$subject" -keyout "$pki/$name.key.new" -out "$pki/$name.crt.new" "$@" 2>"$pki/openssl.log" ||
    fail "openssl could not make the certificate $name: $(tail -n 1 "$pki/openssl.log")"
  mv "$pki/$name.key.new" "$pki/$name.key"
  mv "$pki/$name.crt.new" "$pki/$name.crt"
}

# is_valid NAME: whether the certificate is there and holds for another month.
is_valid() {
  [ -s "$pki/$1.crt" ] && [ -s "$pki/$1.key" ] && openssl x509 -noout -checkend 2592000 -in "$pki/$1.crt" >/dev/null
}

# signing_key NAME: a key that signs service accounts' tokens, and its public half, NAME.pub.
signing_key() {
  [ ! -s "$pki/$1.pub" ] || return 0
  openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:prime256v1 -out "$pki/$1.key" 2>/dev/null
  openssl pkey -in "$pki/$1.key" -pubout -out "$pki/$1.pub"
}

# kubeconfig NAME FILE: one that speaks to this cluster's API server as the client certificate NAME.
kubeconfig() {
  local name=$1 file=$2
  cat >"$file.new" <<END
apiVersion: v1
kind: Config
clusters:
- name: $cluster
  cluster:
    server: https://$(node_address4 1):6443
    certificate-authority-data: $(base64 -w0 "$pki/ca.crt")
users:
- name: $name
  user:
    client-certificate-data: $(base64 -w0 "$pki/$name.crt")
    client-key-data: $(base64 -w0 "$pki/$name.key")
contexts:
- name: $cluster
  context: {cluster: $cluster, user: $name}
current-context: $cluster
END
  chmod 600 "$file.new"
  mv "$file.new" "$file"
}

# make_pki NODES: everything above for that many nodes.
make_pki() {
  local number name
  mkdir -p "$pki"
  chmod 700 "$pki"
  authority ca
  authority front-proxy-ca
  signing_key service-account
  certificate apiserver ca /CN=kube-apiserver "$(apiserver_names)"
  certificate apiserver-kubelet-client ca /CN=kube-apiserver-kubelet-client
  certificate front-proxy-client front-proxy-ca /CN=front-proxy-client
  certificate etcd ca /CN=etcd DNS:localhost,IP:127.0.0.1
  for name in controller-manager scheduler proxy; do certificate "$name" ca "/CN=system:kube-$name"; done
  certificate storage ca /CN=barevirt:local-volumes
  certificate admin ca /O=system:masters/CN=admin
  for number in $(seq "$1"); do
    name=$(node_name "$number")
    certificate "$name" ca "/O=system:nodes/CN=system:node:$name" \
      "DNS:$name,IP:$(node_address4 "$number"),IP:$(node_address6 "$number")"
  done
}

apiserver_names() {
  echo "DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local,\
DNS:localhost,IP:127.0.0.1,IP:$(node_address4 1),IP:$(node_address6 1),IP:$(service_address4 1),IP:$(service_address6 1)"
}
