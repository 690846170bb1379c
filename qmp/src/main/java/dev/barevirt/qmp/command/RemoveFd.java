package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import org.jspecify.annotations.Nullable;

/**
 * Closes a passed file once nobody uses it; before QEMU 9.1 only while the guest runs.
 *
 * @param fdsetId the set
 * @param fd only that member
 */
public record RemoveFd(long fdsetId, @Nullable Long fd) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "remove-fd";
  }
}
