package dev.barevirt.qmp.event;

import org.jspecify.annotations.Nullable;

/**
 * A memory dump in the background has ended.
 *
 * @param result how far it came
 * @param error what went wrong, empty when nothing did
 */
public record DumpCompleted(@Nullable Result result, String error) implements QmpEvent {
  /**
   * How far a dump came.
   *
   * @param status its state
   * @param completed bytes written
   * @param total bytes in all
   */
  public record Result(DumpStatus status, long completed, long total) {}
}
