package dev.barevirt.launcher.disk;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** How one of the two hierarchies of an ISO image spells names, unique within a directory. */
enum IsoNaming {
  /** 8.3 in capitals; the true names stand beside it in Rock Ridge entries. */
  PRIMARY {
    @Override
    byte[] identifier(IsoNode node, Set<String> taken) {
      boolean directory = node instanceof IsoNode.Directory;
      String name = node.name().toUpperCase(Locale.ROOT);
      int dot = directory ? -1 : name.lastIndexOf('.');
      String stem = cut(plain(dot > 0 ? name.substring(0, dot) : name), 8);
      String extension = dot > 0 ? cut(plain(name.substring(dot + 1)), 3) : "";
      String suffix = directory ? "" : "." + extension;
      String spelled = stem + suffix;
      for (int i = 0; !taken.add(spelled); i++) {
        spelled = cut(stem, 4) + "%04d".formatted(i) + suffix;
      }
      return (directory ? spelled : spelled + ";1").getBytes(StandardCharsets.US_ASCII);
    }
  },

  /** Up to 103 UCS-2 characters, for guests that know Joliet and not Rock Ridge. */
  JOLIET {
    @Override
    byte[] identifier(IsoNode node, Set<String> taken) {
      String name = cut(node.name().replaceAll("[\\x00-\\x1f*/:;?\\\\]", "_"), JOLIET_LONGEST);
      String spelled = name;
      for (int i = 0; !taken.add(spelled); i++) {
        spelled = cut(name, JOLIET_LONGEST - 5) + "~%04d".formatted(i);
      }
      boolean directory = node instanceof IsoNode.Directory;
      return (directory ? spelled : spelled + ";1").getBytes(StandardCharsets.UTF_16BE);
    }
  };

  private static final int JOLIET_LONGEST = 101;

  /** The bytes that name a node in its directory. */
  abstract byte[] identifier(IsoNode node, Set<String> taken);

  /** A new scope of names: one directory. */
  static Set<String> scope() {
    return new HashSet<>();
  }

  private static String plain(String text) {
    String spelled = text.replaceAll("[^A-Z0-9_]", "_");
    return spelled.isEmpty() ? "_" : spelled;
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }
}
