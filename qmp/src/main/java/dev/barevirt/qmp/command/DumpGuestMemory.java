package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import org.jspecify.annotations.Nullable;

/**
 * Writes the guest's memory into a file.
 *
 * @param paging whether through the guest's page tables
 * @param protocol where to: {@code file:path} or {@code fd:name}
 * @param detach whether in the background
 * @param format how
 */
public record DumpGuestMemory(
    boolean paging, String protocol, @Nullable Boolean detach, @Nullable DumpFormat format)
    implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "dump-guest-memory";
  }
}
