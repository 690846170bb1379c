package dev.barevirt.launcher.guest;

import org.jspecify.annotations.Nullable;

/** Is told what happens to a machine, in order. Its methods never block. */
public interface MachineListener {

  /** QEMU said something about the guest's life. */
  void news(GuestNews news);

  /** What {@link GuestMachine#facts()} answers has changed. */
  void changed();

  /** Something happened that is worth a line in the list of events. */
  void happened(String type, @Nullable String message);

  /** The process is gone. Told once, last. */
  void exited(QemuExit exit);
}
