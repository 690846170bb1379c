package dev.barevirt.launcher.image;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a container image, complete: what is left out of a short one is filled in the way
 * every container tool does, so that {@code fedora} is {@code docker.io/library/fedora:latest}.
 *
 * @param registry the host, with its port if it has one
 * @param repository the path below it
 * @param tag the tag; empty when only a digest names the image
 * @param digest {@code sha256:…}; empty when only a tag names the image
 */
public record ImageReference(String registry, String repository, String tag, String digest) {
  private static final int LONGEST = 255;
  private static final String HOST_PART = "[a-zA-Z0-9]([a-zA-Z0-9-]{0,62}[a-zA-Z0-9])?";
  private static final Pattern REGISTRY =
      Pattern.compile(
          HOST_PART + "(\\." + HOST_PART + ")*(:[0-9]{1,5})?|\\[[0-9a-fA-F:]+](:[0-9]{1,5})?");
  private static final Pattern REPOSITORY =
      Pattern.compile(
          "[a-z0-9]+((\\.|_|__|-{1,64})[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-{1,64})[a-z0-9]+)*)*");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final Pattern PARTS =
      Pattern.compile("(?<name>[^@]+?)(:(?<tag>[^:/@]*))?(@(?<digest>.*))?");

  /** Reads a reference as a user writes it. */
  public static ImageReference parse(String text) {
    Matcher parts = PARTS.matcher(text);
    if (text.length() > LONGEST || !parts.matches()) {
      throw wrong(text);
    }
    String name = parts.group("name");
    int slash = name.indexOf('/');
    String first = slash < 0 ? "" : name.substring(0, slash);
    boolean hasRegistry = first.contains(".") || first.contains(":") || first.equals("localhost");
    String registry = hasRegistry ? first : "docker.io";
    String repository = hasRegistry ? name.substring(slash + 1) : name;
    if (registry.equals("docker.io") && !repository.contains("/")) {
      repository = "library/" + repository;
    }
    String digest = parts.group("digest") == null ? "" : parts.group("digest");
    String tag =
        parts.group("tag") == null ? (digest.isEmpty() ? "latest" : "") : parts.group("tag");
    boolean wellFormed =
        REGISTRY.matcher(registry).matches()
            && REPOSITORY.matcher(repository).matches()
            && (TAG.matcher(tag).matches() || (parts.group("tag") == null && tag.isEmpty()))
            && (digest.isEmpty()
                ? parts.group("digest") == null
                : DIGEST.matcher(digest).matches());
    if (!wellFormed) {
      throw wrong(text);
    }
    return new ImageReference(registry, repository, tag, digest);
  }

  /** The whole name; {@link #parse} reads it back. */
  @Override
  public String toString() {
    return registry
        + "/"
        + repository
        + (tag.isEmpty() ? "" : ":" + tag)
        + (digest.isEmpty() ? "" : "@" + digest);
  }

  private static ImageException wrong(String text) {
    String shown = text.length() <= 60 ? text : text.substring(0, 60) + "…";
    return new ImageException(
        ImageException.Reason.BAD_REFERENCE,
        "\"%s\" is no image reference: write [registry/]name[:tag][@sha256:…]"
            .formatted(shown.replaceAll("\\p{Cntrl}", "?")));
  }
}
