package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import org.jspecify.annotations.Nullable;

/**
 * Sets what happens when the guest reboots, shuts down, panics or is caught by its watchdog.
 *
 * @param reboot reset or shutdown
 * @param shutdown poweroff or pause
 * @param panic pause, shutdown, exit-failure or none
 * @param watchdog what a watchdog does
 */
public record SetAction(
    @Nullable String reboot,
    @Nullable String shutdown,
    @Nullable String panic,
    @Nullable String watchdog)
    implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "set-action";
  }
}
