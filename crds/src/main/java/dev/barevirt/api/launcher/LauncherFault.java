package dev.barevirt.api.launcher;

/** The classes of errors a launcher answers with; the envelope's {@code error.class}. */
public enum LauncherFault {
  /** The command is unknown or its arguments cannot be read. */
  BAD_REQUEST,
  /** The request names something that the guest does not have. */
  NOT_FOUND,
  /** The guest is not in a state in which this can be done. */
  CONFLICT,
  /** This host, this QEMU or this guest cannot do that. */
  UNSUPPORTED,
  /** The instance itself is wrong. */
  INVALID,
  /** It was tried and failed. */
  FAILED,
  /** It was tried and did not end in time. */
  TIMED_OUT
}
