package dev.barevirt.launcher.store;

import java.util.regex.Pattern;

/**
 * A name that a machine can have: what Kubernetes allows for one, which is also safe as the name of
 * a directory.
 */
public record MachineName(String value) {
  private static final int LONGEST = 200;
  private static final Pattern ALLOWED =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  public MachineName {
    if (value.length() > LONGEST || !ALLOWED.matcher(value).matches()) {
      throw new StoreException(
          StoreException.Reason.BAD_NAME,
          "\"%s\" cannot be a machine's name: use up to %d lower-case letters, digits, dots and dashes, with a letter or digit at both ends"
              .formatted(shortened(value), LONGEST));
    }
  }

  @Override
  public String toString() {
    return value;
  }

  private static String shortened(String value) {
    String shown = value.length() <= 40 ? value : value.substring(0, 40) + "…";
    return shown.codePoints().anyMatch(Character::isISOControl)
        ? shown.replaceAll("\\p{Cntrl}", "?")
        : shown;
  }
}
