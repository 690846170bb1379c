package dev.barevirt.api.rules;

import dev.barevirt.api.core.FieldPath;

/**
 * Something in a document that its writer can mend.
 *
 * @param path the field, such as {@code spec.domain.cpu.cores}; empty for the whole document
 * @param reason one CamelCase word for programs
 * @param message a sentence for people
 */
public record Violation(String path, String reason, String message) {
  /** The value cannot be used. */
  public static final String INVALID = "FieldValueInvalid";

  /** Something must be there and is not. */
  public static final String REQUIRED = "FieldValueRequired";

  /** The same value is used twice. */
  public static final String DUPLICATE = "FieldValueDuplicate";

  /** The value is none of the words the field takes. */
  public static final String NOT_SUPPORTED = "FieldValueNotSupported";

  /** There is no such field. */
  public static final String UNKNOWN_FIELD = "FieldUnknown";

  /** The field is a valid one that is not built yet, or that this host cannot offer. */
  public static final String UNSUPPORTED = "Unsupported";

  /** The value cannot be used. */
  public static Violation invalid(FieldPath path, String message) {
    return new Violation(path.toString(), INVALID, message);
  }

  /** Something must be there and is not. */
  public static Violation required(FieldPath path, String message) {
    return new Violation(path.toString(), REQUIRED, message);
  }

  /** The same value is used twice. */
  public static Violation duplicate(FieldPath path, String message) {
    return new Violation(path.toString(), DUPLICATE, message);
  }

  /** The value is none of the words the field takes. */
  public static Violation notSupported(FieldPath path, String message) {
    return new Violation(path.toString(), NOT_SUPPORTED, message);
  }

  /** The field is a valid one that is not built yet, or that this host cannot offer. */
  public static Violation unsupported(FieldPath path, String message) {
    return new Violation(path.toString(), UNSUPPORTED, message);
  }

  /** The field and the message as one line for people. */
  public String sentence() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}
