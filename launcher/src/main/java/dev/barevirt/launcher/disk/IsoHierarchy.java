package dev.barevirt.launcher.disk;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of the two directory hierarchies of an ISO image. Sizes are known once it is made; extents
 * are given by the image, which places everything, before it is written out.
 */
final class IsoHierarchy {
  /** Bytes of a sector. */
  static final int SECTOR = 2048;

  private static final byte[] SELF = {0};
  private static final byte[] PARENT = {1};
  private static final byte[] RECORDED = {100, 1, 1, 0, 0, 0, 0};
  private static final byte FLAG_DIRECTORY = 2;

  private final IsoNaming naming;
  private final List<IsoNode.Directory> directories = new ArrayList<>();
  private final Map<IsoNode, byte[]> identifiers = new HashMap<>();
  private final Map<IsoNode, IsoNode.Directory> parents = new HashMap<>();
  private final Map<IsoNode, RockRidge.Entries> names = new HashMap<>();
  private final Map<IsoNode.Directory, List<IsoNode>> sorted = new HashMap<>();
  private final Map<IsoNode.Directory, Integer> sizes = new HashMap<>();

  IsoHierarchy(IsoNaming naming, IsoNode.Directory root) {
    this.naming = naming;
    parents.put(root, root);
    identifiers.put(root, SELF);
    directories.add(root);
    for (int i = 0; i < directories.size(); i++) {
      list(directories.get(i));
    }
    directories.forEach(d -> sizes.put(d, emit(d, ByteBuffer.allocate(0), null)));
  }

  private void list(IsoNode.Directory directory) {
    Set<String> taken = IsoNaming.scope();
    for (IsoNode child : directory.children()) {
      identifiers.put(child, naming.identifier(child, taken));
      parents.put(child, directory);
      if (naming == IsoNaming.PRIMARY) {
        names.put(child, RockRidge.of(child));
      }
    }
    var children = new ArrayList<>(directory.children());
    children.sort(Comparator.comparing(this::identifier, Arrays::compareUnsigned));
    sorted.put(directory, children);
    children.forEach(
        child -> {
          if (child instanceof IsoNode.Directory d) {
            directories.add(d);
          }
        });
  }

  /** The directories, in the order of the path table: parents first. */
  List<IsoNode.Directory> directories() {
    return directories;
  }

  /** Bytes of a directory, whole sectors. */
  int size(IsoNode.Directory directory) {
    return size(sizes, directory);
  }

  private static int size(Map<IsoNode.Directory, Integer> sizes, IsoNode.Directory directory) {
    Integer size = sizes.get(directory);
    if (size == null) {
      throw new IllegalArgumentException("not a directory of this image: " + directory.name());
    }
    return size;
  }

  /** Bytes of the path table. */
  int pathTableSize() {
    return directories.stream().mapToInt(d -> 8 + even(identifier(d).length)).sum();
  }

  /** Where things lie in the finished image. */
  interface Places {
    /** The first sector of a node's extent in this hierarchy. */
    int extent(IsoNode node);

    /** Puts a continuation into its area and answers its place as sector and offset. */
    int[] continuation(byte[] bytes);
  }

  /** Writes the path table in the buffer's byte order. */
  void writePathTable(ByteBuffer out, Places places) {
    for (IsoNode.Directory directory : directories) {
      byte[] id = identifier(directory);
      out.put((byte) id.length).put((byte) 0).putInt(places.extent(directory));
      out.putShort((short) (directories.indexOf(parent(directory)) + 1)).put(id);
      if (id.length % 2 != 0) {
        out.put((byte) 0);
      }
    }
  }

  /** Writes a directory at the buffer's position, which is at a sector's begin. */
  void writeDirectory(IsoNode.Directory directory, ByteBuffer out, Places places) {
    emit(directory, out, places);
  }

  /** The record of the root as it stands in a volume descriptor. */
  byte[] rootRecord(Places places) {
    return record(directories.getFirst(), SELF, new byte[0], places);
  }

  /** Writes, or only measures when there are no places yet; answers the size in whole sectors. */
  private int emit(IsoNode.Directory directory, ByteBuffer out, @Nullable Places places) {
    int at = put(out, 0, directory, SELF, dots(directory, directory), places);
    at = put(out, at, parent(directory), PARENT, dots(directory, null), places);
    for (IsoNode child : sorted.getOrDefault(directory, List.of())) {
      at = put(out, at, child, identifier(child), names.get(child), places);
    }
    return (at + SECTOR - 1) / SECTOR * SECTOR;
  }

  private RockRidge.@Nullable Entries dots(
      IsoNode.Directory directory, IsoNode.@Nullable Directory self) {
    if (naming == IsoNaming.JOLIET) {
      return null;
    }
    return self != null && parent(self) == self
        ? RockRidge.ofRoot(directory)
        : RockRidge.ofDots(directory);
  }

  private int put(
      ByteBuffer out,
      int at,
      IsoNode node,
      byte[] id,
      RockRidge.@Nullable Entries entries,
      @Nullable Places places) {
    int length = recordLength(id, entries == null ? 0 : entries.length());
    int start = at % SECTOR + length > SECTOR ? (at / SECTOR + 1) * SECTOR : at;
    if (places != null) {
      byte[] extra = entries == null ? new byte[0] : placed(entries, places);
      out.position(out.position() + start - at);
      out.put(record(node, id, extra, places));
    }
    return start + length;
  }

  private static byte[] placed(RockRidge.Entries entries, Places places) {
    if (entries.continued().length == 0) {
      return entries.pointingTo(0, 0);
    }
    int[] place = places.continuation(entries.continued());
    return entries.pointingTo(place[0], place[1]);
  }

  private static int recordLength(byte[] id, int extra) {
    return even(33 + id.length + (id.length % 2 == 0 ? 1 : 0) + extra);
  }

  private byte[] record(IsoNode node, byte[] id, byte[] extra, Places places) {
    int length = recordLength(id, extra.length);
    ByteBuffer out = ByteBuffer.allocate(length);
    out.put((byte) length).put((byte) 0);
    RockRidge.bothEndian(out, places.extent(node));
    switch (node) {
      case IsoNode.Directory d -> {
        RockRidge.bothEndian(out, size(d));
        out.put(RECORDED).put(FLAG_DIRECTORY);
      }
      case IsoNode.File f -> {
        RockRidge.bothEndian(out, f.content().length);
        out.put(RECORDED).put((byte) 0);
      }
    }
    out.put((byte) 0).put((byte) 0).put(new byte[] {1, 0, 0, 1}).put((byte) id.length).put(id);
    if (id.length % 2 == 0) {
      out.put((byte) 0);
    }
    out.put(extra);
    return out.array();
  }

  private byte[] identifier(IsoNode node) {
    return identifiers.getOrDefault(node, SELF);
  }

  private IsoNode.Directory parent(IsoNode.Directory directory) {
    return parents.getOrDefault(directory, directory);
  }

  private static int even(int number) {
    return number + (number & 1);
  }
}
