package dev.barevirt.api.rules;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What names and identifiers must look like. */
final class Words {
  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern INTERFACE_NAME = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Pattern SERIAL = Pattern.compile("[A-Za-z0-9_.+-]+");
  private static final Pattern MAC =
      Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}|[0-9a-fA-F]{2}(-[0-9a-fA-F]{2}){5}");
  private static final Pattern PCI =
      Pattern.compile("[0-9a-fA-F]{4}:[0-9a-fA-F]{2}:[01][0-9a-fA-F]\\.[0-7]");
  private static final int LONGEST_LABEL = 63;

  private Words() {}

  static boolean isDnsLabel(String word) {
    return word.length() <= LONGEST_LABEL && DNS_LABEL.matcher(word).matches();
  }

  static boolean isInterfaceName(String word) {
    return word.length() <= LONGEST_LABEL && INTERFACE_NAME.matcher(word).matches();
  }

  static boolean isSerial(String word) {
    return SERIAL.matcher(word).matches();
  }

  static boolean isMac(String word) {
    return MAC.matcher(word).matches();
  }

  static boolean isPciAddress(String word) {
    return PCI.matcher(word).matches();
  }

  static boolean isBlank(@Nullable String word) {
    return word == null || word.isEmpty();
  }

  /** The word; empty when there is none. */
  static String orEmpty(@Nullable String word) {
    return word == null ? "" : word;
  }

  /** A user's word for a message, without line breaks and not too long. */
  static String shown(@Nullable String word) {
    int longest = 80;
    String text = word == null ? "" : word.replaceAll("\\p{Cntrl}", " ");
    return text.length() > longest ? text.substring(0, longest) + "…" : text;
  }
}
