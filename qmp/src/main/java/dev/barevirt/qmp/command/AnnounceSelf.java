package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes NICs announce their addresses, as after a migration.
 *
 * @param initial milliseconds to the second one
 * @param max the longest pause
 * @param rounds how often
 * @param step how much a pause grows
 * @param interfaces only those NICs
 */
public record AnnounceSelf(
    long initial, long max, long rounds, long step, @Nullable List<String> interfaces)
    implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "announce-self";
  }
}
