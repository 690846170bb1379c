package dev.barevirt.control.vm;

import dev.barevirt.api.v1.VirtualMachineSpec;
import java.util.Arrays;

/** When a machine is started, and started again. */
enum RunStrategy {
  ALWAYS("Always"),
  HALTED("Halted"),
  MANUAL("Manual"),
  RERUN_ON_FAILURE("RerunOnFailure"),
  ONCE("Once"),
  WAIT_AS_RECEIVER("WaitAsReceiver");

  private final String wireName;

  RunStrategy(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }

  /** The strategy a specification asks for in either of two ways; halted when in none. */
  static RunStrategy of(VirtualMachineSpec spec) {
    if (Boolean.TRUE.equals(spec.running())) {
      return ALWAYS;
    }
    return Arrays.stream(values())
        .filter(strategy -> strategy.wireName.equals(spec.runStrategy()))
        .findFirst()
        .orElse(HALTED);
  }
}
