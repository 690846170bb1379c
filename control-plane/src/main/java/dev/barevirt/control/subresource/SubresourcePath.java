package dev.barevirt.control.subresource;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a path means. Segments are cut before anything is decoded, and one that decodes to a slash,
 * a dot segment or a control character means nothing: what is authorised is what is done.
 */
sealed interface SubresourcePath {
  /** The API group. */
  String GROUP = "subresources.kubevirt.io";

  /** Its versions, the preferred one first. */
  List<String> VERSIONS = List.of("v1", "v1alpha3");

  /** A page that anybody may read. */
  record Open(String page, String version) implements SubresourcePath {}

  /**
   * Something in a namespace.
   *
   * @param version the version of the API
   * @param namespace the namespace
   * @param resource the plural of the kind, or what is asked of the namespace itself
   * @param name the object; empty when the namespace itself is asked
   * @param verbs what is asked, such as {@code vnc} and {@code screenshot}
   */
  record InNamespace(
      String version, String namespace, String resource, String name, List<String> verbs)
      implements SubresourcePath {
    public InNamespace {
      verbs = List.copyOf(verbs);
    }

    /** What roles call it: ports are not part of it. */
    String subresource() {
      return verbs.getFirst().equals("portforward") ? "portforward" : String.join("/", verbs);
    }
  }

  /** Nothing. */
  record Unknown() implements SubresourcePath {}

  /** Reads a path as it was sent. */
  static SubresourcePath of(String sent) {
    List<String> segments = new ArrayList<>();
    if (!sent.startsWith("/")) {
      return new Unknown();
    }
    String path =
        sent.length() > 1 && sent.endsWith("/") && !sent.endsWith("//")
            ? sent.substring(1, sent.length() - 1)
            : sent.substring(1);
    if (!path.isEmpty()) {
      for (String segment : path.split("/", -1)) {
        Optional<String> decoded = Segments.decoded(segment);
        if (decoded.isEmpty()) {
          return new Unknown();
        }
        segments.add(decoded.get());
      }
    }
    return meaning(segments);
  }

  private static SubresourcePath meaning(List<String> segments) {
    return switch (segments.size()) {
      case 0 -> new Open("/", "");
      case 1 -> page(segments, "apis", "healthz");
      case 2 -> page(segments, "openapi/v2", "openapi/v3", "apis/" + GROUP);
      default -> below(segments);
    };
  }

  private static SubresourcePath page(List<String> segments, String... pages) {
    String path = String.join("/", segments);
    return List.of(pages).contains(path) ? new Open(path, "") : new Unknown();
  }

  private static SubresourcePath below(List<String> segments) {
    boolean openApi = segments.subList(0, 3).equals(List.of("openapi", "v3", "apis"));
    if (openApi
        && segments.size() == 5
        && segments.get(3).equals(GROUP)
        && VERSIONS.contains(segments.get(4))) {
      return new Open("openapi/v3/apis", segments.get(4));
    }
    if (!segments.getFirst().equals("apis")
        || !segments.get(1).equals(GROUP)
        || !VERSIONS.contains(segments.get(2))) {
      return new Unknown();
    }
    String version = segments.get(2);
    List<String> rest = segments.subList(3, segments.size());
    if (rest.isEmpty()) {
      return new Open("resources", version);
    }
    if (rest.size() == 1) {
      return Segments.OPEN.contains(rest.getFirst())
          ? new Open(rest.getFirst(), version)
          : new Unknown();
    }
    if (!rest.getFirst().equals("namespaces") || rest.size() < 3 || !Segments.isName(rest.get(1))) {
      return new Unknown();
    }
    if (rest.size() == 3) {
      return new InNamespace(version, rest.get(1), rest.get(2), "", List.of(""));
    }
    if (rest.size() == 4 || !Segments.isName(rest.get(3))) {
      return new Unknown();
    }
    return new InNamespace(
        version, rest.get(1), rest.get(2), rest.get(3), rest.subList(4, rest.size()));
  }

  /** Single segments of a path. */
  final class Segments {
    private static final List<String> OPEN =
        List.of(
            "version",
            "guestfs",
            "healthz",
            "start-cluster-profiler",
            "stop-cluster-profiler",
            "dump-cluster-profiler");
    private static final int LONGEST = 253;
    private static final Pattern NAME =
        Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~!$&'()*+,=:@-]+");

    private Segments() {}

    private static boolean isName(String segment) {
      return segment.length() <= LONGEST && NAME.matcher(segment).matches();
    }

    private static Optional<String> decoded(String segment) {
      byte[] bytes = new byte[segment.length()];
      int length = 0;
      for (int i = 0; i < segment.length(); i++) {
        char at = segment.charAt(i);
        if (at == '%') {
          if (i + 2 >= segment.length()
              || !HexFormat.isHexDigit(segment.charAt(i + 1))
              || !HexFormat.isHexDigit(segment.charAt(i + 2))) {
            return Optional.empty();
          }
          bytes[length++] = (byte) HexFormat.fromHexDigits(segment, i + 1, i + 3);
          i += 2;
        } else if (at > ' ' && at < 127) {
          bytes[length++] = (byte) at;
        } else {
          return Optional.empty();
        }
      }
      return text(ByteBuffer.wrap(bytes, 0, length))
          .filter(text -> PLAIN.matcher(text).matches())
          .filter(text -> !text.equals(".") && !text.equals(".."));
    }

    private static Optional<String> text(ByteBuffer bytes) {
      try {
        return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
      } catch (CharacterCodingException _) {
        return Optional.empty();
      }
    }
  }
}
