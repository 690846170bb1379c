package dev.barevirt.launcher.guest;

import dev.barevirt.api.launcher.GuestRequest;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a guest comes to run. */
public sealed interface StartOrder {

  /** What is to run. */
  GuestRequest request();

  /** It boots. */
  record Boot(GuestRequest request) implements StartOrder {}

  /**
   * It goes on from a file.
   *
   * @param file what an earlier save wrote
   */
  record Restore(GuestRequest request, Path file) implements StartOrder {}

  /**
   * It runs already: an earlier launcher started it and is gone.
   *
   * @param since when it began to run, or null when that launcher left no word of it
   */
  record Adopt(GuestRequest request, @Nullable Instant since) implements StartOrder {}
}
