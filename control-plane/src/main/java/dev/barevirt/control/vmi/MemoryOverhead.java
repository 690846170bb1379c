package dev.barevirt.control.vmi;

import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.device.Devices;
import dev.barevirt.api.v1.domain.Cpu;
import dev.barevirt.api.v1.domain.Domain;
import dev.barevirt.api.v1.domain.Memory;
import dev.barevirt.api.v1.domain.Resources;
import dev.barevirt.control.cluster.ClusterConfig;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The memory a guest's pod needs besides the guest's own.
 *
 * <p>The launcher's share is what one resident launcher with its own heap takes beside QEMU: 60 MiB
 * is the most that this project allows itself, see the budgets of the benchmark. QEMU's share is
 * what a guest without devices takes beyond its memory. The rest follows from what QEMU is asked
 * for: threads and queues of a processor, page tables (eight bytes for each page of 4 KiB), the
 * frame buffer of a display, and translated code where there is no help from the processor.
 */
final class MemoryOverhead {
  private static final long MIB = 1L << 20;
  private static final long LAUNCHER = 60 * MIB;
  private static final long QEMU = 50 * MIB;
  private static final long EACH_VCPU = 8 * MIB;
  private static final long INPUT_OUTPUT = 8 * MIB;
  private static final long PAGE_TABLE_SHARE = 512;
  private static final long PLAIN_DISPLAY = 16 * MIB;
  private static final long VIRTIO_DISPLAY = 32 * MIB;
  private static final long TPM = 16 * MIB;
  private static final long TRANSLATION_SHARE = 4;
  private static final long LEAST_TRANSLATION = 32 * MIB;
  private static final long MOST_TRANSLATION = 256 * MIB;

  private MemoryOverhead() {}

  /** The bytes beside the guest's memory. */
  static long of(VirtualMachineInstanceSpec spec, ClusterConfig config) {
    Domain domain = spec.domain();
    long guest = guestMemory(domain);
    long sum = LAUNCHER + QEMU + EACH_VCPU * vcpus(domain) + INPUT_OUTPUT;
    sum += guest / PAGE_TABLE_SHARE;
    sum += display(domain.devices());
    sum += domain.devices().tpm() == null ? 0 : TPM;
    sum += config.useEmulation() ? translation(guest) : 0;
    long scaled =
        config
            .overheadRatio()
            .multiply(BigDecimal.valueOf(sum))
            .setScale(0, RoundingMode.UP)
            .longValueExact();
    return scaled + reserved(domain);
  }

  private static long display(Devices devices) {
    if (Boolean.FALSE.equals(devices.autoattachGraphicsDevice())) {
      return 0;
    }
    boolean virtio = devices.video() != null && "virtio".equals(devices.video().type());
    return virtio ? VIRTIO_DISPLAY : PLAIN_DISPLAY;
  }

  private static long translation(long guest) {
    return Math.clamp(guest / TRANSLATION_SHARE, LEAST_TRANSLATION, MOST_TRANSLATION);
  }

  private static long reserved(Domain domain) {
    return Optional.ofNullable(domain.memory())
        .map(Memory::reservedOverhead)
        .map(Memory.ReservedOverhead::addedOverhead)
        .map(Quantity::bytes)
        .orElse(0L);
  }

  /** How many processors the guest has. */
  static long vcpus(Domain domain) {
    Cpu cpu = domain.cpu();
    return cpu != null && namesTopology(cpu)
        ? atLeastOne(cpu.cores()) * atLeastOne(cpu.sockets()) * atLeastOne(cpu.threads())
        : vcpusOfResources(domain);
  }

  private static boolean namesTopology(Cpu cpu) {
    return cpu.cores() != null || cpu.sockets() != null || cpu.threads() != null;
  }

  /** A guest that names no topology has as many processors as its pod may use. */
  private static long vcpusOfResources(Domain domain) {
    Resources resources = Optional.ofNullable(domain.resources()).orElse(Resources.EMPTY);
    return Stream.of(resources.limits().get("cpu"), resources.requests().get("cpu"))
        .flatMap(Stream::ofNullable)
        .findFirst()
        .map(cpu -> Math.max(1, Math.ceilDiv(cpu.milli(), 1000)))
        .orElse(1L);
  }

  private static long atLeastOne(@Nullable Long number) {
    return number == null || number < 1 ? 1 : number;
  }

  /** How much memory the guest sees. */
  static long guestMemory(Domain domain) {
    Resources resources = Optional.ofNullable(domain.resources()).orElse(Resources.EMPTY);
    return Stream.of(
            Optional.ofNullable(domain.memory()).map(Memory::guest).orElse(null),
            resources.requests().get("memory"),
            resources.limits().get("memory"))
        .flatMap(Stream::ofNullable)
        .findFirst()
        .map(Quantity::bytes)
        .orElse(0L);
  }
}
