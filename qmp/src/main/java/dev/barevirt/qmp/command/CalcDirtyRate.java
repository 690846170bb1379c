package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import org.jspecify.annotations.Nullable;

/**
 * Starts to measure how fast the guest writes memory.
 *
 * @param calcTime seconds
 * @param samplePages pages a GiB
 * @param mode how
 */
public record CalcDirtyRate(long calcTime, @Nullable Long samplePages, @Nullable String mode)
    implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "calc-dirty-rate";
  }
}
