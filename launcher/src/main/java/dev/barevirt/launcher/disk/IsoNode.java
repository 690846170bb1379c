package dev.barevirt.launcher.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A file or directory on its way into an ISO image. Identity matters: each node is one extent. */
sealed interface IsoNode {

  /** The name as the guest is to see it; empty for the root. */
  String name();

  /** A file. */
  final class File implements IsoNode {
    private final String name;
    private final byte[] content;

    File(String name, byte[] content) {
      this.name = name;
      this.content = content;
    }

    @Override
    public String name() {
      return name;
    }

    byte[] content() {
      return content;
    }
  }

  /** A directory. */
  final class Directory implements IsoNode {
    private final String name;
    private final List<IsoNode> children = new ArrayList<>();

    Directory(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    List<IsoNode> children() {
      return children;
    }
  }

  /** Builds the tree of files named by paths with slashes. */
  static Directory tree(Map<String, byte[]> files) {
    var root = new Directory("");
    files.forEach(
        (path, content) -> {
          String[] parts = path.split("/", -1);
          Directory at = root;
          for (int i = 0; i < parts.length - 1; i++) {
            at = descend(at, parts[i]);
          }
          at.children.add(new File(parts[parts.length - 1], content));
        });
    return root;
  }

  private static Directory descend(Directory from, String name) {
    for (IsoNode child : from.children) {
      if (child instanceof Directory d && d.name.equals(name)) {
        return d;
      }
    }
    var made = new Directory(name);
    from.children.add(made);
    return made;
  }
}
