package dev.barevirt.launcher.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** A disk, an image or a seed could not be made ready; the message is one sentence for the user. */
public final class DiskException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What stood in the way, for exit codes and conditions. */
  public enum Reason {
    /** The image exists and must not be attached: corrupt, chained to other files, not a disk. */
    IMAGE_REFUSED,
    /** The image names a backing file, and nobody said that it may. */
    BACKING_REFUSED,
    /** What was named is not there. */
    MISSING,
    /** It is there, but this process may not read or write it. */
    DENIED,
    /** The file system is full. */
    NO_SPACE,
    /** Another program holds the image. */
    IN_USE,
    /** A tool such as qemu-img is absent or failed. */
    TOOL_FAILED,
    /** A tool did not end within its deadline. */
    TIMED_OUT
  }

  private final Reason reason;

  /** A failure with its sentence. */
  public DiskException(Reason reason, String message) {
    this(reason, message, null);
  }

  /** A failure with its sentence and the error underneath. */
  public DiskException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What stood in the way. */
  public Reason reason() {
    return reason;
  }

  /** Whether the same act may succeed later without anybody changing the request. */
  public boolean retryable() {
    return switch (reason) {
      case NO_SPACE, IN_USE, TIMED_OUT -> true;
      case IMAGE_REFUSED, BACKING_REFUSED, MISSING, DENIED, TOOL_FAILED -> false;
    };
  }

  /** Translates an I/O error met while trying {@code act}, for example {@code "writing disk x"}. */
  static DiskException during(String act, IOException error) {
    String detail = error instanceof FileSystemException f ? f.getReason() : error.getMessage();
    String text = detail == null ? "" : detail;
    if (text.contains("No space left") || text.contains("quota exceeded")) {
      return new DiskException(Reason.NO_SPACE, act + ": no space is left on the device", error);
    }
    return switch (error) {
      case NoSuchFileException f ->
          new DiskException(Reason.MISSING, act + ": there is no file " + shown(f), error);
      case AccessDeniedException f ->
          new DiskException(Reason.DENIED, act + ": access to " + shown(f) + " is denied", error);
      default ->
          new DiskException(
              Reason.TOOL_FAILED, act + " failed" + (text.isEmpty() ? "" : ": " + text), error);
    };
  }

  private static String shown(FileSystemException error) {
    return Printable.of(error.getFile() == null ? "?" : error.getFile());
  }
}
