package dev.barevirt.launcher.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** Turns what the JDK throws into a sentence of ours. */
final class FileTrouble {
  private FileTrouble() {}

  static StoreException of(String tried, IOException cause) {
    String why =
        cause instanceof FileSystemException named && named.getReason() != null
            ? named.getReason()
            : String.valueOf(cause.getMessage());
    boolean full = why.toLowerCase(Locale.ROOT).contains("no space left");
    return new StoreException(
        full ? StoreException.Reason.NO_SPACE : StoreException.Reason.FILES,
        "cannot " + tried + ": " + (full ? "no space left on device" : why),
        cause);
  }
}
