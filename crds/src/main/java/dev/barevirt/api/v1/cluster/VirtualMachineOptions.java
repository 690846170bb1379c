package dev.barevirt.api.v1.cluster;

import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** Switches for all machines; each is on when it is there. */
public record VirtualMachineOptions(
    @Doc("Guests do not give free memory back by themselves.")
        @Nullable DisableFreePageReporting disableFreePageReporting,
    @Doc("What guests say on their serial console is not logged.")
        @Nullable DisableSerialConsoleLog disableSerialConsoleLog) {

  /** Guests do not give free memory back by themselves. */
  public record DisableFreePageReporting() {}

  /** What guests say on their serial console is not logged. */
  public record DisableSerialConsoleLog() {}
}
