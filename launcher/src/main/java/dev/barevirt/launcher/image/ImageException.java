package dev.barevirt.launcher.image;

import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An image cannot be had, trusted or removed; the message is one sentence for the user. */
public final class ImageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of trouble, for the exit code. */
  public enum Reason {
    /** The reference is written wrongly. */
    BAD_REFERENCE,
    /** No image, or no such file in it. */
    NOT_FOUND,
    /** A machine uses it. */
    IN_USE,
    /** What was given is damaged, hostile or of a kind that is not supported. */
    REFUSED,
    /** A program that is needed is missing or failed. */
    TOOL_FAILED,
    /** No space is left. */
    NO_SPACE,
    /** Any other refusal of the file system. */
    FILES
  }

  private final Reason reason;

  ImageException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  ImageException(Reason reason, String message) {
    this(reason, message, null);
  }

  static ImageException refused(String sentence) {
    return new ImageException(Reason.REFUSED, sentence);
  }

  static ImageException files(String tried, IOException cause) {
    String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    boolean full = why.toLowerCase(Locale.ROOT).contains("no space left");
    return new ImageException(
        full ? Reason.NO_SPACE : Reason.FILES,
        "cannot " + tried + ": " + (full ? "no space left on device" : why),
        cause);
  }

  /** What kind of trouble it is. */
  public Reason reason() {
    return reason;
  }
}
