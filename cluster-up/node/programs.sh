# shellcheck shell=bash
# How each program of a node is run. Sourced by entry; each function becomes its program.

conf=/etc/cluster
pki=$conf/pki

run_etcd() {
  # A cluster for development loses nothing that matters when the machine does.
  exec etcd --name node --data-dir /var/lib/etcd --unsafe-no-fsync --log-level warn \
    --listen-client-urls https://127.0.0.1:2379 --advertise-client-urls https://127.0.0.1:2379 \
    --listen-peer-urls http://127.0.0.1:2380 --initial-advertise-peer-urls http://127.0.0.1:2380 \
    --initial-cluster node=http://127.0.0.1:2380 --client-cert-auth --trusted-ca-file "$pki/ca.crt" \
    --cert-file "$pki/etcd.crt" --key-file "$pki/etcd.key" --auto-compaction-retention 1h
}

run_apiserver() {
  # With aggregator routing, webhooks and aggregated APIs are dialled at the addresses of their pods.
  exec kube-apiserver --advertise-address "$address4" --bind-address :: --secure-port 6443 --allow-privileged \
    --etcd-servers https://127.0.0.1:2379 --etcd-cafile "$pki/ca.crt" \
    --etcd-certfile "$pki/etcd.crt" --etcd-keyfile "$pki/etcd.key" \
    --client-ca-file "$pki/ca.crt" --tls-cert-file "$pki/apiserver.crt" --tls-private-key-file "$pki/apiserver.key" \
    --kubelet-certificate-authority "$pki/ca.crt" --kubelet-preferred-address-types InternalIP \
    --kubelet-client-certificate "$pki/apiserver-kubelet-client.crt" \
    --kubelet-client-key "$pki/apiserver-kubelet-client.key" \
    --enable-aggregator-routing --requestheader-client-ca-file "$pki/front-proxy-ca.crt" \
    --requestheader-allowed-names front-proxy-client --requestheader-username-headers X-Remote-User \
    --requestheader-group-headers X-Remote-Group --requestheader-extra-headers-prefix X-Remote-Extra- \
    --proxy-client-cert-file "$pki/front-proxy-client.crt" --proxy-client-key-file "$pki/front-proxy-client.key" \
    --service-account-issuer https://kubernetes.default.svc.cluster.local \
    --service-account-key-file "$pki/service-account.pub" \
    --service-account-signing-key-file "$pki/service-account.key" \
    --service-cluster-ip-range "$service_range4,$service_range6" --authorization-mode Node,RBAC \
    --enable-admission-plugins NodeRestriction --profiling=false
}

run_controller_manager() {
  exec kube-controller-manager --kubeconfig "$conf/controller-manager.kubeconfig" --bind-address 127.0.0.1 \
    --leader-elect=false --use-service-account-credentials --root-ca-file "$pki/ca.crt" \
    --service-account-private-key-file "$pki/service-account.key" \
    --cluster-signing-cert-file "$pki/ca.crt" --cluster-signing-key-file "$pki/ca.key" \
    --allocate-node-cidrs=false --cluster-cidr "$pod_range4,$pod_range6" \
    --service-cluster-ip-range "$service_range4,$service_range6" --profiling=false
}

run_scheduler() {
  exec kube-scheduler --kubeconfig "$conf/scheduler.kubeconfig" --bind-address 127.0.0.1 --leader-elect=false \
    --profiling=false
}

run_containerd() { exec containerd --config /etc/containerd/config.toml --log-level warn; }

run_kubelet() {
  exec kubelet --config "$conf/kubelet.yaml" --kubeconfig "$conf/kubelet.kubeconfig" \
    --hostname-override "$node_name" --node-ip "$address4,$address6"
}

run_proxy() {
  # The machine's table of connections is not this node's to size.
  exec kube-proxy --kubeconfig "$conf/proxy.kubeconfig" --hostname-override "$node_name" --proxy-mode nftables \
    --cluster-cidr "$pod_range4,$pod_range6" --conntrack-max-per-core 0 \
    --conntrack-tcp-timeout-established 0 --conntrack-tcp-timeout-close-wait 0
}

run_local_volumes() { exec local-volumes --kubeconfig "$conf/storage.kubeconfig" --node "$node_name"; }
