package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import org.jspecify.annotations.Nullable;

/**
 * Writes a picture of a display into a file of QEMU's.
 *
 * @param filename the file
 * @param device the display's device
 * @param head which of its heads
 * @param format ppm or png
 */
public record Screendump(
    String filename, @Nullable String device, @Nullable Integer head, @Nullable String format)
    implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "screendump";
  }
}
