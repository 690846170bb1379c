// Command local-volumes provisions the volumes of one node: a folder for a filesystem, a file behind a loop device for
// a block device, both below /var/lib/cluster/volumes. It runs beside the kubelet of each node and minds only what the
// scheduler has given to that node.
package main

import (
	"context"
	"flag"
	"os"
	"os/signal"
	"syscall"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/klog/v2"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller"
)

const provisionerName = "barevirt.dev/local-volumes"

func main() {
	kubeconfig := flag.String("kubeconfig", "", "how to reach the API server")
	node := flag.String("node", "", "the node whose volumes these are")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()

	volumes := folder("/var/lib/cluster/volumes")
	if err := volumes.restore(ctx); err != nil {
		klog.Fatalf("cannot attach the block volumes that exist: %v", err)
	}
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		klog.Fatalf("cannot read the kubeconfig %s: %v", *kubeconfig, err)
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		klog.Fatalf("cannot make a client of %s: %v", *kubeconfig, err)
	}
	controller.NewProvisionController(ctx, client, provisionerName, &provisioner{node: *node, volumes: volumes},
		controller.LeaderElection(false), controller.AddFinalizer(true)).Run(ctx)
}
