package dev.barevirt.launcher.machine.device;

import dev.barevirt.launcher.machine.Backend.QemuObject;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.HostFacts.Feature;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.Properties;
import dev.barevirt.launcher.machine.Refusal;
import java.util.Set;

/** The threads that serve disks beside QEMU's main loop; the disks say which one they use. */
final class IoThreadsMapper implements DeviceMapper {
  private static final long MOST = 64;

  @Override
  public Set<String> reads() {
    return Set.of("domain.ioThreadsPolicy", "domain.ioThreads.supplementalPoolThreadCount");
  }

  /** How many threads the pool has; 0 when nobody said. */
  static long poolSize(MachineInput in) {
    Long count =
        in.domain().ioThreads() == null
            ? null
            : in.domain().ioThreads().supplementalPoolThreadCount();
    return count == null ? 0 : Math.clamp(count, 0, MOST);
  }

  @Override
  public Fragment map(MachineInput in) {
    String policy = in.domain().ioThreadsPolicy();
    if (policy != null && !Set.of("shared", "auto", "supplementalPool").contains(policy)) {
      return Fragment.of(
          Refusal.unsupported(
              "spec.domain.ioThreadsPolicy",
              "a policy is shared, auto or supplementalPool, not " + policy));
    }
    boolean pool = "supplementalPool".equals(policy);
    if (!pool && in.domain().ioThreads() != null) {
      return Fragment.of(
          Refusal.invalid(
              "spec.domain.ioThreads", "is only for spec.domain.ioThreadsPolicy supplementalPool"));
    }
    if (pool && poolSize(in) == 0) {
      return Fragment.of(
          Refusal.invalid(
              "spec.domain.ioThreads.supplementalPoolThreadCount", "must be 1 to " + MOST));
    }
    if (pool && !in.host().has(Feature.IOTHREAD_VQ_MAPPING_BLK)) {
      return Fragment.of(
          Refusal.unsupported(
              "spec.domain.ioThreadsPolicy",
              "supplementalPool needs QEMU 9.0, this is " + in.host().version()));
    }
    return Fragment.of(
        IoThreadLayout.of(in).threads().stream()
            .map(id -> QemuObject.of("iothread", id, Properties.none()))
            .toList());
  }
}
