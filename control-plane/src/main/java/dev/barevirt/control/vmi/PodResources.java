package dev.barevirt.control.vmi;

import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.domain.Domain;
import dev.barevirt.api.v1.domain.Resources;
import dev.barevirt.control.cluster.ClusterConfig;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the launcher's container asks of its node. */
final class PodResources {
  private static final String CPU = "cpu";
  private static final String MEMORY = "memory";
  private static final String EPHEMERAL_STORAGE = "ephemeral-storage";
  private static final long STORAGE_OF_LAUNCHER = 50_000_000;
  private static final String ONE = "1";

  /** Only nodes with an agent offer it, and with it comes the way to the agent. */
  private static final String LAUNCHER_LINK = "devices.kubevirt.io/launcher-link";

  private static final String KVM = "devices.kubevirt.io/kvm";

  private PodResources() {}

  static ResourceRequirements of(
      VirtualMachineInstanceSpec spec, AutomaticLimits automatic, ClusterConfig config) {
    Domain domain = spec.domain();
    Resources asked = Optional.ofNullable(domain.resources()).orElse(Resources.EMPTY);
    Map<String, Quantity> requests = new TreeMap<>();
    Map<String, Quantity> limits = new TreeMap<>();
    asked.requests().forEach((name, amount) -> requests.put(name, quantity(amount)));
    asked.limits().forEach((name, amount) -> limits.put(name, quantity(amount)));

    requests.computeIfAbsent(CPU, _ -> sharedProcessors(domain, config));
    long overhead =
        Boolean.TRUE.equals(asked.overcommitGuestOverhead()) ? 0 : MemoryOverhead.of(spec, config);
    long memory = guestRequest(domain, asked, config) + overhead;
    requests.put(MEMORY, bytes(memory));
    Optional.ofNullable(asked.limits().get(MEMORY))
        .map(limit -> limit.bytes() + overhead)
        .or(() -> Optional.ofNullable(automatic.memory()).map(ratio -> times(memory, ratio)))
        .ifPresent(limit -> limits.put(MEMORY, bytes(limit)));
    if (automatic.processors()) {
      limits.computeIfAbsent(CPU, _ -> new Quantity(Long.toString(MemoryOverhead.vcpus(domain))));
    }
    long storage =
        Optional.ofNullable(asked.requests().get(EPHEMERAL_STORAGE))
            .map(dev.barevirt.api.core.Quantity::bytes)
            .orElse(0L);
    requests.put(EPHEMERAL_STORAGE, decimalBytes(storage + STORAGE_OF_LAUNCHER));

    device(LAUNCHER_LINK, requests, limits);
    if (!config.useEmulation()) {
      device(KVM, requests, limits);
    }
    return new ResourceRequirementsBuilder().withRequests(requests).withLimits(limits).build();
  }

  private static long times(long bytes, BigDecimal ratio) {
    return ratio.multiply(BigDecimal.valueOf(bytes)).setScale(0, RoundingMode.UP).longValueExact();
  }

  private static void device(
      String name, Map<String, Quantity> requests, Map<String, Quantity> limits) {
    requests.put(name, new Quantity(ONE));
    limits.put(name, new Quantity(ONE));
  }

  private static Quantity sharedProcessors(Domain domain, ClusterConfig config) {
    long milli = MemoryOverhead.vcpus(domain) * 1000 / config.cpuAllocationRatio();
    return new Quantity(Math.max(1, milli) + "m");
  }

  /** What the user asks for, else the guest's memory less what is overcommitted. */
  private static long guestRequest(Domain domain, Resources asked, ClusterConfig config) {
    return Optional.ofNullable(asked.requests().get(MEMORY))
        .or(() -> Optional.ofNullable(asked.limits().get(MEMORY)))
        .map(dev.barevirt.api.core.Quantity::bytes)
        .orElseGet(() -> MemoryOverhead.guestMemory(domain) * 100 / config.memoryOvercommit());
  }

  private static Quantity quantity(dev.barevirt.api.core.Quantity amount) {
    return new Quantity(amount.toString());
  }

  private static Quantity bytes(long bytes) {
    return new Quantity(dev.barevirt.api.core.Quantity.ofBytes(bytes).toString());
  }

  private static Quantity decimalBytes(long bytes) {
    return new Quantity(dev.barevirt.api.core.Quantity.of(bytes).toString());
  }
}
