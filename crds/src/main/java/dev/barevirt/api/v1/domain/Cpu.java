package dev.barevirt.api.v1.domain;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Unsigned;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The guest's processors. */
public record Cpu(
    @Doc("Cores in each socket; one when absent.") @Unsigned @Nullable Long cores,
    @Doc("Sockets; one when absent.") @Unsigned @Nullable Long sockets,
    @Doc("The most sockets the guest can grow to while it runs.") @Unsigned
        @Nullable Long maxSockets,
    @Doc("Threads on each core; one when absent.") @Unsigned @Nullable Long threads,
    @Doc("A model's name, or host-model, or host-passthrough.") @Nullable String model,
    @Doc("Single processor features.") List<CpuFeature> features,
    @Doc("Whether each processor has a host processor of its own.")
        @Nullable Boolean dedicatedCpuPlacement,
    @Doc("Memory nodes.") @Nullable Numa numa,
    @Doc("Whether the hypervisor's own work has a host processor of its own.")
        @Nullable Boolean isolateEmulatorThread,
    @Doc("Whether the processors run with real-time priority.") @Nullable Realtime realtime) {
  /** Nothing said. */
  public static final Cpu EMPTY =
      new Cpu(null, null, null, null, null, List.of(), null, null, null, null);

  public Cpu {
    features = Frozen.list(features);
  }

  /** The same with another {@code cores}. */
  public Cpu withCores(@Nullable Long cores) {
    return new Cpu(
        cores,
        sockets,
        maxSockets,
        threads,
        model,
        features,
        dedicatedCpuPlacement,
        numa,
        isolateEmulatorThread,
        realtime);
  }

  /** The same with another {@code sockets}. */
  public Cpu withSockets(@Nullable Long sockets) {
    return new Cpu(
        cores,
        sockets,
        maxSockets,
        threads,
        model,
        features,
        dedicatedCpuPlacement,
        numa,
        isolateEmulatorThread,
        realtime);
  }

  /** The same with another {@code threads}. */
  public Cpu withThreads(@Nullable Long threads) {
    return new Cpu(
        cores,
        sockets,
        maxSockets,
        threads,
        model,
        features,
        dedicatedCpuPlacement,
        numa,
        isolateEmulatorThread,
        realtime);
  }

  /** The same with another {@code maxSockets}. */
  public Cpu withMaxSockets(@Nullable Long maxSockets) {
    return new Cpu(
        cores,
        sockets,
        maxSockets,
        threads,
        model,
        features,
        dedicatedCpuPlacement,
        numa,
        isolateEmulatorThread,
        realtime);
  }

  /** The same with another {@code model}. */
  public Cpu withModel(@Nullable String model) {
    return new Cpu(
        cores,
        sockets,
        maxSockets,
        threads,
        model,
        features,
        dedicatedCpuPlacement,
        numa,
        isolateEmulatorThread,
        realtime);
  }

  /** The same with another {@code features}. */
  public Cpu withFeatures(List<CpuFeature> features) {
    return new Cpu(
        cores,
        sockets,
        maxSockets,
        threads,
        model,
        features,
        dedicatedCpuPlacement,
        numa,
        isolateEmulatorThread,
        realtime);
  }
}
