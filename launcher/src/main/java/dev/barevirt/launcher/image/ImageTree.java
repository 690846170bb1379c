package dev.barevirt.launcher.image;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files of an image as its layers build them up, without ever being made as files: links are
 * resolved in here, so none can lead to anything of the host.
 */
final class ImageTree {
  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";
  private static final int MOST_LINKS = 40;

  private final TreeMap<String, Node> nodes = new TreeMap<>();
  private final Set<String> ofThisLayer = new HashSet<>();

  /** What lies at a path. */
  sealed interface Node {
    /** A file, already in a blob. */
    record File(Blob blob) implements Node {}

    /** A link, by the path it leads to as written. */
    record Link(String target) implements Node {}

    /** A directory. */
    record Directory() implements Node {}

    /** A device or a pipe. */
    record Special() implements Node {}
  }

  /** What follows lies over all that came before. */
  void startLayer() {
    ofThisLayer.clear();
  }

  /** Whether the path is a mark that something below is gone, which is then taken away. */
  boolean appliedAsWhiteout(String path) {
    String name = ImagePath.name(path);
    if (!name.startsWith(WHITEOUT)) {
      return false;
    }
    String directory = ImagePath.parent(path);
    if (name.equals(OPAQUE)) {
      removeBelow(directory);
    } else {
      String gone = child(directory, name.substring(WHITEOUT.length()));
      if (!ofThisLayer.contains(gone)) {
        nodes.remove(gone);
      }
      removeBelow(gone);
    }
    return true;
  }

  /** Puts something at a path, over what was there. */
  void put(String path, Node node) {
    if (!(node instanceof Node.Directory)) {
      subtree(path).keySet().removeIf(below -> true);
    }
    for (String above = ImagePath.parent(path);
        !above.equals("/");
        above = ImagePath.parent(above)) {
      if (!(nodes.get(above) instanceof Node.Directory)) {
        nodes.put(above, new Node.Directory());
      }
    }
    nodes.put(path, node);
    ofThisLayer.add(path);
  }

  /** What lies at exactly that path. */
  Optional<Node> at(String path) {
    return Optional.ofNullable(nodes.get(path));
  }

  /** What a hard link names: it shares the file, not the path. */
  Optional<Node> hardLinkTarget(String target) {
    return at(ImagePath.normal(target)).filter(node -> !(node instanceof Node.Directory));
  }

  /** What lies directly in a directory, by path. */
  Map<String, Node> children(String directory) {
    Map<String, Node> children = new TreeMap<>();
    subtree(directory)
        .forEach(
            (path, node) -> {
              if (ImagePath.parent(path).equals(directory)) {
                children.put(path, node);
              }
            });
    return children;
  }

  /** Every path at which a file is found, also over links that stay in the image. */
  Map<String, Blob> files() {
    Map<String, Blob> files = new TreeMap<>();
    for (String path : nodes.keySet()) {
      resolve(path).ifPresent(blob -> files.put(path, blob));
    }
    return files;
  }

  private Optional<Blob> resolve(String start) {
    String path = start;
    for (int links = 0; links < MOST_LINKS; links++) {
      switch (nodes.get(path)) {
        case Node.File(Blob blob) -> {
          return Optional.of(blob);
        }
        case Node.Link(String target) -> path = destination(path, target);
        case Node.Directory _, Node.Special _ -> {
          return Optional.empty();
        }
        case null -> {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /** Where a symbolic link leads; one that climbs above the root stays there, as in a container. */
  private static String destination(String link, String target) {
    List<String> parts = new ArrayList<>();
    String from = target.startsWith("/") ? target : ImagePath.parent(link) + "/" + target;
    for (String part : from.split("/", -1)) {
      if (part.equals("..")) {
        if (!parts.isEmpty()) {
          parts.removeLast();
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return "/" + String.join("/", parts);
  }

  private void removeBelow(String directory) {
    subtree(directory).keySet().removeIf(path -> !ofThisLayer.contains(path));
  }

  private Map<String, Node> subtree(String directory) {
    String prefix = directory.equals("/") ? "/" : directory + "/";
    // '0' is the character after '/', so this is all that starts with the prefix.
    return nodes.subMap(prefix, false, prefix.substring(0, prefix.length() - 1) + '0', false);
  }

  private static String child(String directory, String name) {
    return directory.equals("/") ? "/" + name : directory + "/" + name;
  }
}
