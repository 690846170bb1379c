package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/** Forgets clock ticks the guest missed, after it was told the time. */
public record RtcResetReinjection() implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "rtc-reset-reinjection";
  }
}
