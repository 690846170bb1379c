package dev.barevirt.launcher.machine;

import java.util.Set;

/**
 * Maps one kind of device, or one group of settings, of an instance to its part of the machine.
 *
 * <p>A mapper is pure and order-free: it sees only its input, never another mapper's fragment, and
 * addresses are placed after all fragments are known. What it cannot map as asked it refuses by
 * name; it never ignores a field that it {@linkplain #reads() reads}.
 */
public interface DeviceMapper {
  /** This mapper's part of the machine; empty when the instance does not ask for any. */
  Fragment map(MachineInput in);

  /**
   * The leaf fields of the instance's spec that this mapper alone answers for, as paths like {@code
   * domain.devices.disks[].cache}.
   */
  Set<String> reads();
}
