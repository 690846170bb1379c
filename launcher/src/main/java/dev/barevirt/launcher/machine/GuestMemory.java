package dev.barevirt.launcher.machine;

import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.domain.Domain;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How much memory a guest has. */
public final class GuestMemory {
  private static final String RESOURCE = "memory";

  private GuestMemory() {}

  /**
   * The bytes of guest memory: what is asked for the guest, else what is requested of the host,
   * else the limit, else one huge page; 0 when nothing is said.
   */
  public static long of(VirtualMachineInstance vmi) {
    Domain domain = vmi.spec().domain();
    return Stream.of(
            bytes(domain.memory() == null ? null : domain.memory().guest()),
            bytes(domain.resources() == null ? null : domain.resources().requests().get(RESOURCE)),
            bytes(domain.resources() == null ? null : domain.resources().limits().get(RESOURCE)),
            hugepage(domain))
        .filter(bytes -> bytes > 0)
        .findFirst()
        .orElse(0L);
  }

  private static long bytes(@Nullable Quantity quantity) {
    return quantity == null ? 0 : quantity.bytes();
  }

  private static long hugepage(Domain domain) {
    if (domain.memory() == null
        || domain.memory().hugepages() == null
        || domain.memory().hugepages().pageSize() == null) {
      return 0;
    }
    return Quantity.parse(domain.memory().hugepages().pageSize()).map(Quantity::bytes).orElse(0L);
  }
}
