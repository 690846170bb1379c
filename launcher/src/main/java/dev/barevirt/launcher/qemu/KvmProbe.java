package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.os.KvmMachine;
import dev.barevirt.launcher.os.OsException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds out whether KVM runs guests here, by running one. A {@code /dev/kvm} that opens proves
 * nothing: there are kernels whose KVM runs 16-bit code and fails every real guest, so this one has
 * to reach 64-bit mode and say so.
 */
public final class KvmProbe {
  private static final Path DEVICE = Path.of("/dev/kvm");
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private static final int MEMORY_BYTES = 0x10000;
  static final int ROM_ADDRESS = 0x1000;
  private static final int LEVEL_4 = 0x3000;
  private static final int LEVEL_3 = 0x4000;
  private static final int LEVEL_2 = 0x5000;
  private static final long PRESENT_AND_WRITABLE = 0x3;
  private static final long HUGE_PAGE = 0x80;
  private static final int PORT = 0x510;
  private static final long PROOF = 0x12345678L;

  /**
   * The guest: loads a descriptor table, turns on PAE, points CR3 at 0x3000, sets EFER.LME, turns
   * on paging and protection, jumps to 64-bit code, turns on SSE, shifts a 64-bit constant right by
   * 32 in a vector register and writes the result to port 0x510. A KVM that emulates instructions
   * instead of running them comes to a stop at the vector register.
   */
  private static final byte[] ROM =
      HexFormat.of()
          .parseHex(
              "fa31c08ed8660f0116901066b8200000000f22e066b8003000000f22d866b980"
                  + "0000c00f32660d000100000f300f20c0660d010000800f22c066ea4110000008"
                  + "000f20e0480d000600000f22e00f20c04883e0fb4883c8020f22c048b8f0debc"
                  + "9a7856341266480f6ec0660f73d02066480f7ec066ba1005eff4660f1f440000"
                  + "000000000000000000000000009a20000f0080100000");

  private final Path device;

  private KvmProbe(Path device) {
    this.device = device;
  }

  /** Of this host's KVM. */
  public static KvmProbe ofThisHost() {
    return new KvmProbe(DEVICE);
  }

  static KvmProbe of(Path device) {
    return new KvmProbe(device);
  }

  /** What came out. */
  public sealed interface Verdict {
    /** KVM runs guests here. */
    record Usable() implements Verdict {}

    /**
     * It does not.
     *
     * @param reason why, in words that stand alone
     */
    record Unusable(String reason) implements Verdict {}
  }

  /** The group that may open {@code /dev/kvm}, unless everybody or only root may. */
  static Optional<Integer> group() {
    try {
      return Optional.of((Integer) Files.getAttribute(DEVICE, "unix:gid")).filter(gid -> gid != 0);
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  /** Runs the guest. Takes a few milliseconds; a guest that never comes back counts as unusable. */
  public Verdict probe() {
    if (!System.getProperty("os.arch", "").equals("amd64")) {
      return new Verdict.Unusable("KVM is tried out on x86 only");
    }
    if (!Files.exists(device)) {
      return new Verdict.Unusable(device + " is not there: this kernel has no KVM, or hides it");
    }
    CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    // A guest that loops keeps this thread in the kernel; the thread is then given up with it.
    Thread.ofPlatform().daemon().name("kvm-probe").start(() -> verdict.complete(runGuest()));
    try {
      return verdict.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException looping) {
      return new Verdict.Unusable("a guest under KVM runs into nowhere on this host");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("the KVM probe lost its result", impossible);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Verdict.Unusable("the probe of KVM was interrupted");
    }
  }

  /** The guest's memory before its first instruction: the ROM, and three levels of page tables. */
  static byte[] guestMemory() {
    ByteBuffer memory = ByteBuffer.allocate(MEMORY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    memory.put(ROM_ADDRESS, ROM);
    memory.putLong(LEVEL_4, LEVEL_3 | PRESENT_AND_WRITABLE);
    memory.putLong(LEVEL_3, LEVEL_2 | PRESENT_AND_WRITABLE);
    memory.putLong(LEVEL_2, HUGE_PAGE | PRESENT_AND_WRITABLE);
    return memory.array();
  }

  private Verdict runGuest() {
    try (KvmMachine machine = KvmMachine.create(device, MEMORY_BYTES)) {
      MemorySegment.copy(
          guestMemory(), 0, machine.memory(), ValueLayout.JAVA_BYTE, 0, MEMORY_BYTES);
      machine.startAt(ROM_ADDRESS);
      return judge(machine.run());
    } catch (OsException refused) {
      return new Verdict.Unusable("KVM does not run a guest here: " + refused.getMessage());
    }
  }

  private static Verdict judge(KvmMachine.Exit exit) {
    return switch (exit) {
      case KvmMachine.Exit.PortWrite(int port, long value) when port == PORT && value == PROOF ->
          new Verdict.Usable();
      case KvmMachine.Exit.PortWrite(int port, long value) ->
          new Verdict.Unusable(
              "a guest under KVM computes wrongly here (port %x, value %x)".formatted(port, value));
      case KvmMachine.Exit.Other(int reason) ->
          new Verdict.Unusable(
              "KVM opens but does not run 64-bit guests on this host (KVM exit %d)"
                  .formatted(reason));
    };
  }
}
