package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.v1.domain.Memory;
import dev.barevirt.launcher.machine.Backend.QemuObject;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.GuestMemory;
import dev.barevirt.launcher.machine.HostFacts.Feature;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineOption.Flag;
import dev.barevirt.launcher.machine.MachineOption.Setting;
import dev.barevirt.launcher.machine.Properties;
import dev.barevirt.launcher.machine.Refusal;
import java.util.Optional;
import java.util.Set;

/**
 * The guest's memory: anonymous, or a shared anonymous file when programs beside QEMU must see it,
 * or huge pages. An emulated guest's is such a file too: the kernel would back anonymous memory
 * with huge pages, of which a small guest touches nearly all, and emulation gains nothing by them.
 * Its id is the name QEMU gives memory it makes itself, so that a saved guest can be restored
 * whichever way its memory is made.
 */
final class MemoryMapper implements DeviceMapper {
  private static final String ID = "pc.ram";
  private static final long MIB = 1L << 20;
  private static final long MOST = 64L << 40;

  @Override
  public Set<String> reads() {
    return FieldPaths.union(
        FieldPaths.under(
            "domain.memory",
            "guest",
            "hugepages.pageSize",
            "reservedOverhead.addedOverhead",
            "reservedOverhead.memLock"),
        FieldPaths.under("domain.resources", "requests", "limits", "overcommitGuestOverhead"));
  }

  @Override
  public Fragment map(MachineInput in) {
    long asked = GuestMemory.of(in.vmi());
    if (asked <= MIB) {
      return Fragment.of(
          Refusal.invalid(
              "spec.domain.memory.guest",
              asked <= 0
                  ? "no memory requested, at least one of 'spec.domain.memory.guest',"
                      + " 'spec.domain.resources.requests.memory' or"
                      + " 'spec.domain.memory.hugepages.pageSize' must be set"
                  : "a guest needs more than 1Mi of memory"));
    }
    if (asked > MOST) {
      return Fragment.of(
          Refusal.invalid("spec.domain.memory.guest", "no machine has more than 64Ti of memory"));
    }
    long size = Math.ceilDiv(asked, MIB) * MIB;
    Fragment sized =
        Fragment.of(
            new Setting(Flag.MEMORY, "size", size / MIB + "M"),
            new Setting(Flag.MACHINE, "memory-backend", ID),
            Setting.of(Flag.OVERCOMMIT, "mem-lock", locked(in)));
    return sized.plus(backend(in, size));
  }

  private static boolean locked(MachineInput in) {
    Memory memory = in.domain().memory();
    return memory != null
        && memory.reservedOverhead() != null
        && "Required".equals(memory.reservedOverhead().memLock());
  }

  private static Fragment backend(MachineInput in, long size) {
    Memory memory = in.domain().memory();
    if (memory != null && memory.hugepages() != null) {
      return hugepages(in, size, memory.hugepages());
    }
    if (in.sharesMemory() || (!in.host().kvm() && in.host().has(Feature.MEMFD))) {
      return in.host().has(Feature.MEMFD)
          ? ram("memory-backend-memfd", Properties.none().with("size", size).with("share", true))
          : Fragment.of(
              Refusal.unsupported(
                  "spec.domain.devices", "this host has no memfd to share the guest's memory by"));
    }
    return ram("memory-backend-ram", Properties.none().with("size", size));
  }

  private static Fragment ram(String type, Properties properties) {
    return Fragment.of(QemuObject.of(type, ID, properties));
  }

  private static Fragment hugepages(MachineInput in, long size, Memory.Hugepages hugepages) {
    String path = "spec.domain.memory.hugepages.pageSize";
    String written = hugepages.pageSize() == null ? "" : hugepages.pageSize();
    Optional<Long> page = Quantity.parse(written).map(Quantity::bytes).filter(p -> p > 0);
    if (page.isEmpty()) {
      return Fragment.of(Refusal.invalid(path, "not a page size: '" + written + "'"));
    }
    if (size % page.get() != 0) {
      return Fragment.of(
          Refusal.invalid(
              path, "the guest's memory is not a multiple of the page size " + written));
    }
    long free = in.host().hugepages().getOrDefault(page.get(), 0L);
    if (free * page.get() < size) {
      return Fragment.of(
          Refusal.unsupported(
              path,
              "the guest needs %d free huge pages of %s, this host has %d"
                  .formatted(size / page.get(), written, free)));
    }
    return ram(
        "memory-backend-memfd",
        Properties.none()
            .with("size", size)
            .with("share", true)
            .with("hugetlb", true)
            .with("hugetlbsize", page.get())
            .with("prealloc", true));
  }
}
