package dev.barevirt.launcher.os;

import dev.barevirt.qmp.wire.OwnedFd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Set;

/**
 * A virtual machine of one processor and a little memory, straight from {@code /dev/kvm}: just
 * enough to see whether this host can run a guest at all. x86 only.
 *
 * <p>Safe because the guest's memory and the processor's run area are mappings of known size that
 * are unmapped only when the machine is closed, after the last run; the structures' sizes are part
 * of the numbers of the calls, so a kernel that disagrees refuses.
 */
public final class KvmMachine implements AutoCloseable {
  private static final int GET_API_VERSION = 0xAE00;
  private static final int CREATE_VM = 0xAE01;
  private static final int GET_VCPU_MMAP_SIZE = 0xAE04;
  private static final int CREATE_VCPU = 0xAE41;
  private static final int SET_TSS_ADDRESS = 0xAE47;
  private static final int RUN = 0xAE80;
  private static final long SET_MEMORY_REGION = 0x4020AE46L;
  private static final long SET_REGISTERS = 0x4090AE82L;
  private static final long GET_SPECIAL_REGISTERS = 0x8138AE83L;
  private static final long SET_SPECIAL_REGISTERS = 0x4138AE84L;
  private static final long GET_SUPPORTED_CPUID = 0xC008AE05L;
  private static final long SET_CPUID = 0x4008AE90L;

  private static final int EXPECTED_API = 12;
  private static final int EXIT_REASON = 8;
  private static final int EXIT_UNION = 32;
  private static final int EXIT_IO = 2;
  private static final int CPUID_ENTRIES = 256;
  private static final int CPUID_BYTES = 8 + CPUID_ENTRIES * 40;
  private static final int SPECIAL_REGISTERS_BYTES = 312;
  private static final int REGISTERS_BYTES = 144;
  private static final int RIP = 128;
  private static final int RFLAGS = 136;
  private static final long RESERVED_FLAG = 2;
  private static final long TSS_ADDRESS = 0xfffbd000L;
  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_SHARED = 1;
  private static final int MAP_PRIVATE_ANONYMOUS = 0x22;

  private final OwnedFd kvm;
  private final OwnedFd machine;
  private final OwnedFd processor;
  private final MemorySegment memory;
  private final MemorySegment run;

  private KvmMachine(
      OwnedFd kvm, OwnedFd machine, OwnedFd processor, MemorySegment memory, MemorySegment run) {
    this.kvm = kvm;
    this.machine = machine;
    this.processor = processor;
    this.memory = memory;
    this.run = run;
  }

  /** Why the processor came back. */
  public sealed interface Exit {
    /** The guest wrote to a port. */
    record PortWrite(int port, long value) implements Exit {}

    /**
     * Anything else, by KVM's number: 8 is a triple fault, 9 a refused entry, 17 an inner error.
     */
    record Other(int reason) implements Exit {}
  }

  /** A machine with that much memory, from address 0. */
  public static KvmMachine create(Path device, long memoryBytes) {
    OwnedFd kvm = OpenFile.open(device, Set.of(OpenFlag.READ_WRITE));
    try {
      long version = call(kvm, "ask KVM for its version", GET_API_VERSION, 0);
      if (version != EXPECTED_API) {
        throw OsException.refused("KVM has version " + version + ", not 12", Errno.ENODEV);
      }
      OwnedFd machine = OwnedFd.of((int) call(kvm, "make a virtual machine", CREATE_VM, 0));
      try {
        return withProcessor(kvm, machine, memoryBytes);
      } catch (OsException refused) {
        machine.close();
        throw refused;
      }
    } catch (OsException refused) {
      kvm.close();
      throw refused;
    }
  }

  private static KvmMachine withProcessor(OwnedFd kvm, OwnedFd machine, long memoryBytes) {
    call(machine, "place the task segment", SET_TSS_ADDRESS, TSS_ADDRESS);
    MemorySegment memory = map(memoryBytes, MAP_PRIVATE_ANONYMOUS, -1);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment region = arena.allocate(32, 8);
      region.set(Libc.LONG, 16, memoryBytes);
      region.set(Libc.LONG, 24, memory.address());
      call(machine, "give memory to a virtual machine", SET_MEMORY_REGION, region.address());
      OwnedFd processor =
          OwnedFd.of((int) call(machine, "make a virtual processor", CREATE_VCPU, 0));
      MemorySegment cpuid = arena.allocate(CPUID_BYTES, 8);
      cpuid.set(Libc.INT, 0, CPUID_ENTRIES);
      call(kvm, "ask what a virtual processor can do", GET_SUPPORTED_CPUID, cpuid.address());
      call(processor, "set what a virtual processor can do", SET_CPUID, cpuid.address());
      long size = call(kvm, "ask for the size of the run area", GET_VCPU_MMAP_SIZE, 0);
      MemorySegment run = map(size, MAP_SHARED, processor.number());
      return new KvmMachine(kvm, machine, processor, memory, run);
    }
  }

  /** The guest's memory. */
  public MemorySegment memory() {
    return memory;
  }

  /** Sets the processor to real mode at that address, below 64 KiB. */
  public void startAt(long address) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment special = arena.allocate(SPECIAL_REGISTERS_BYTES, 8);
      call(processor, "read the processor's state", GET_SPECIAL_REGISTERS, special.address());
      special.set(Libc.LONG, 0, 0); // the code segment's base
      special.set(ValueLayout.JAVA_SHORT, 12, (short) 0); // and selector
      call(processor, "set the processor's state", SET_SPECIAL_REGISTERS, special.address());
      MemorySegment registers = arena.allocate(REGISTERS_BYTES, 8);
      registers.set(Libc.LONG, RIP, address);
      registers.set(Libc.LONG, RFLAGS, RESERVED_FLAG);
      call(processor, "set the processor's registers", SET_REGISTERS, registers.address());
    }
  }

  /** Runs until the guest does something that the host has to answer. May never return. */
  public Exit run() {
    call(processor, "run a guest", RUN, 0);
    int reason = run.get(Libc.INT, EXIT_REASON);
    if (reason != EXIT_IO) {
      return new Exit.Other(reason);
    }
    boolean out = run.get(ValueLayout.JAVA_BYTE, EXIT_UNION) == 1;
    int bytes = run.get(ValueLayout.JAVA_BYTE, EXIT_UNION + 1);
    int port = Short.toUnsignedInt(run.get(ValueLayout.JAVA_SHORT, EXIT_UNION + 2));
    long data = run.get(Libc.LONG, EXIT_UNION + 8);
    boolean inside = data >= 0 && data + Integer.BYTES <= run.byteSize();
    return out && bytes == Integer.BYTES && inside
        ? new Exit.PortWrite(port, Integer.toUnsignedLong(run.get(Libc.INT, data)))
        : new Exit.Other(reason);
  }

  @Override
  public void close() {
    Syscall.MUNMAP.call(run.address(), run.byteSize());
    processor.close();
    machine.close();
    Syscall.MUNMAP.call(memory.address(), memory.byteSize());
    kvm.close();
  }

  private static MemorySegment map(long bytes, int flags, int fd) {
    long address =
        Syscall.MMAP.orThrow(
            "map %d bytes".formatted(bytes), 0, bytes, PROT_READ_WRITE, flags, fd, 0);
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  private static long call(OwnedFd fd, String tried, long request, long argument) {
    return Syscall.IOCTL.orThrow(tried, fd.number(), request, argument);
  }
}
