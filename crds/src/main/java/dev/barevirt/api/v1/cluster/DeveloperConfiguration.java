package dev.barevirt.api.v1.cluster;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Unsigned;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Feature gates, emulation and other switches. */
public record DeveloperConfiguration(
    @Doc("Gates that are opened.") List<String> featureGates,
    @Doc("Gates that are closed.") List<String> disabledFeatureGates,
    @Doc("By how many percent a claim may be smaller than its disk.")
        @Nullable Integer pvcTolerateLessSpaceUpToPercent,
    @Doc("How many bytes of a claim stay free.") @Unsigned @Nullable Long minimumReservePVCBytes,
    @Doc("How much memory guests see, in percent of what their pods ask for.")
        @Nullable Integer memoryOvercommit,
    @Doc("Labels a node of any guest must have.") Map<String, String> nodeSelectors,
    @Doc("Whether guests run without the processor's help where there is none.")
        @Nullable Boolean useEmulation,
    @Doc("How many guest processors share one of the host.") @Nullable Integer cpuAllocationRatio,
    @Doc("The lowest frequency of a node's time stamp counter.")
        @Nullable Long minimumClusterTSCFrequency,
    @Doc("What looking at a disk may cost.") @Nullable DiskVerification diskVerification,
    @Doc("How much components say.") @Nullable LogVerbosity logVerbosity,
    @Doc("Whether components can be profiled.") @Nullable Boolean clusterProfiler) {
  public DeveloperConfiguration {
    featureGates = Frozen.list(featureGates);
    disabledFeatureGates = Frozen.list(disabledFeatureGates);
    nodeSelectors = Frozen.map(nodeSelectors);
  }

  /** What looking at a disk may cost. */
  public record DiskVerification(@Doc("The memory it may take.") @Nullable Quantity memoryLimit) {}

  /** How much components say; 2 when absent. */
  public record LogVerbosity(
      @Doc("The API server.") @Unsigned @Nullable Integer virtAPI,
      @Doc("The controllers.") @Unsigned @Nullable Integer virtController,
      @Doc("The node agents.") @Unsigned @Nullable Integer virtHandler,
      @Doc("The launchers.") @Unsigned @Nullable Integer virtLauncher,
      @Doc("The operator.") @Unsigned @Nullable Integer virtOperator,
      @Doc("The controller of migrations between clusters.") @Unsigned
          @Nullable Integer virtSynchronizationController,
      @Doc("The node agents of single nodes.") Map<String, Integer> nodeVerbosity) {
    public LogVerbosity {
      nodeVerbosity = Frozen.map(nodeVerbosity);
    }
  }
}
