package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import org.jspecify.annotations.Nullable;

/**
 * Takes or gives up the right to write an image; since QEMU 10.0.
 *
 * @param nodeName the node, or all
 * @param active whether to take it
 */
public record BlockdevSetActive(@Nullable String nodeName, boolean active)
    implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "blockdev-set-active";
  }
}
