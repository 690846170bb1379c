package dev.barevirt.launcher.machine;

import dev.barevirt.api.rules.Violation;

/**
 * A field that cannot be mapped as asked; the machine is not built.
 *
 * @param violation the field and why
 */
public record Refusal(Violation violation) implements FragmentPart {
  /** The reason of a field or value that this launcher, or this host's QEMU, cannot do. */
  public static final String UNSUPPORTED = "FieldValueNotSupported";

  /** The reason of a value that makes no sense. */
  public static final String INVALID = "FieldValueInvalid";

  /** What cannot be done here. */
  public static Refusal unsupported(String path, String message) {
    return new Refusal(new Violation(path, UNSUPPORTED, message));
  }

  /** What makes no sense anywhere. */
  public static Refusal invalid(String path, String message) {
    return new Refusal(new Violation(path, INVALID, message));
  }
}
