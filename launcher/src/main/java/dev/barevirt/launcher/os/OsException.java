package dev.barevirt.launcher.os;

/** A system call that the kernel refused: what was tried, and why it was refused. */
public final class OsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Errno errno;

  private OsException(String message, Errno errno) {
    super(message);
    this.errno = errno;
  }

  static OsException failed(String tried, int code) {
    Errno errno = Errno.of(code);
    String why = errno == Errno.OTHER ? "error " + code : errno.text();
    return new OsException("cannot " + tried + ": " + why, errno);
  }

  static OsException refused(String sentence, Errno errno) {
    return new OsException(sentence, errno);
  }

  /** The kernel's reason. */
  public Errno errno() {
    return errno;
  }
}
