package dev.barevirt.api.v1;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.core.LocalObjectReference;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.v1.cluster.CertificateRotateStrategy;
import dev.barevirt.api.v1.cluster.ComponentPlacement;
import dev.barevirt.api.v1.cluster.Configuration;
import dev.barevirt.api.v1.cluster.CustomizeComponents;
import dev.barevirt.api.v1.cluster.WorkloadUpdateStrategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an installation consists of and how it behaves. */
public record KubeVirtSpec(
    @Doc("The tag of the images.") @Nullable String imageTag,
    @Doc("Where the images come from.") @Nullable String imageRegistry,
    @Doc("When the images are fetched.") @Allowed({"Always", "Never", "IfNotPresent"})
        @Nullable String imagePullPolicy,
    @Doc("Secrets for fetching the images.") List<LocalObjectReference> imagePullSecrets,
    @Doc("The namespace of the monitoring.") @Nullable String monitorNamespace,
    @Doc("The namespace its service monitor is put into.") @Nullable String serviceMonitorNamespace,
    @Doc("The service account of the monitoring.") @Nullable String monitorAccount,
    @Doc("How running guests get to a newer launcher.")
        @Nullable WorkloadUpdateStrategy workloadUpdateStrategy,
    @Doc("What happens to guests when it is removed; RemoveWorkloads when absent.")
        @Allowed({"RemoveWorkloads", "BlockUninstallIfWorkloadsExist"})
        @Nullable String uninstallStrategy,
    @Doc("How long certificates last.")
        @Nullable CertificateRotateStrategy certificateRotateStrategy,
    @Doc("The version of the product it belongs to.") @Nullable String productVersion,
    @Doc("The product it belongs to.") @Nullable String productName,
    @Doc("The part of the product it is.") @Nullable String productComponent,
    @Doc("The port on which other clusters reach it.") @Nullable String synchronizationPort,
    @Doc("How it behaves.") @Nullable Configuration configuration,
    @Doc("Where its control plane runs.") @Nullable ComponentPlacement infra,
    @Doc("Where its node agents run.") @Nullable ComponentPlacement workloads,
    @Doc("Changes to what is installed.") @Nullable CustomizeComponents customizeComponents) {
  /** Nothing said. */
  public static final KubeVirtSpec EMPTY =
      new KubeVirtSpec(
          null, null, null, List.of(), null, null, null, null, null, null, null, null, null, null,
          null, null, null, null);

  public KubeVirtSpec {
    imagePullSecrets = Frozen.list(imagePullSecrets);
  }
}
