package main

import (
	"context"
	"fmt"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller"
)

const selectedNode = "volume.kubernetes.io/selected-node"

// provisioner makes PersistentVolumes of type local of what folder holds.
type provisioner struct {
	node    string
	volumes folder
}

var (
	_ controller.BlockProvisioner = &provisioner{}
	_ controller.Qualifier        = &provisioner{}
	_ controller.DeletionGuard    = &provisioner{}
)

func (p *provisioner) SupportsBlock(context.Context) bool { return true }

func (p *provisioner) ShouldProvision(_ context.Context, claim *core.PersistentVolumeClaim) bool {
	return claim.Annotations[selectedNode] == p.node
}

func (p *provisioner) ShouldDelete(_ context.Context, volume *core.PersistentVolume) bool {
	return volume.Labels[core.LabelHostname] == p.node
}

func (p *provisioner) Provision(ctx context.Context, options controller.ProvisionOptions) (
	*core.PersistentVolume, controller.ProvisioningState, error) {
	claim := options.PVC.Spec
	for _, mode := range claim.AccessModes {
		if mode == core.ReadWriteMany {
			return nil, controller.ProvisioningFinished,
				fmt.Errorf("a local volume is on one node and cannot be %s", mode)
		}
	}
	if claim.DataSource != nil || claim.DataSourceRef != nil {
		return nil, controller.ProvisioningFinished, fmt.Errorf("a local volume cannot be made of a data source")
	}
	size := claim.Resources.Requests[core.ResourceStorage]
	path, err := p.make(ctx, options.PVName, claim.VolumeMode, size.Value())
	if err != nil {
		return nil, controller.ProvisioningFinished, err
	}
	return &core.PersistentVolume{
		ObjectMeta: meta.ObjectMeta{Name: options.PVName, Labels: map[string]string{core.LabelHostname: p.node}},
		Spec: core.PersistentVolumeSpec{
			AccessModes:                   claim.AccessModes,
			Capacity:                      core.ResourceList{core.ResourceStorage: size},
			VolumeMode:                    claim.VolumeMode,
			MountOptions:                  options.StorageClass.MountOptions,
			PersistentVolumeReclaimPolicy: *options.StorageClass.ReclaimPolicy,
			PersistentVolumeSource:        core.PersistentVolumeSource{Local: &core.LocalVolumeSource{Path: path}},
			NodeAffinity:                  p.onlyHere(),
		},
	}, controller.ProvisioningFinished, nil
}

func (p *provisioner) make(ctx context.Context, name string, mode *core.PersistentVolumeMode, size int64) (string, error) {
	if mode != nil && *mode == core.PersistentVolumeBlock {
		return p.volumes.makeDevice(ctx, name, size)
	}
	return p.volumes.makeDirectory(name)
}

func (p *provisioner) onlyHere() *core.VolumeNodeAffinity {
	return &core.VolumeNodeAffinity{Required: &core.NodeSelector{NodeSelectorTerms: []core.NodeSelectorTerm{{
		MatchExpressions: []core.NodeSelectorRequirement{{
			Key: core.LabelHostname, Operator: core.NodeSelectorOpIn, Values: []string{p.node},
		}},
	}}}}
}

func (p *provisioner) Delete(ctx context.Context, volume *core.PersistentVolume) error {
	return p.volumes.remove(ctx, volume.Name)
}
