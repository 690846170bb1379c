package dev.barevirt.launcher.disk;

import dev.barevirt.launcher.disk.DiskException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An ISO 9660 image of a few small files, with Rock Ridge names for Unix guests and Joliet names
 * for Windows. The same files always give the same bytes.
 */
public final class IsoImage {
  /** How much the files may hold together. */
  public static final int LARGEST = 64 << 20;

  private static final int SECTOR = IsoHierarchy.SECTOR;
  private static final int FIRST_DESCRIPTOR = 16;
  private static final String DATE = "2000010100000000";
  private static final String NO_DATE = "0000000000000000";

  private final String volumeId;
  private final IsoNode.Directory root;
  private final IsoHierarchy primary;
  private final IsoHierarchy joliet;
  private final Map<IsoNode, Integer> primaryExtents = new HashMap<>();
  private final Map<IsoNode, Integer> jolietExtents = new HashMap<>();
  private final Continuations continuations;
  private final int[] pathTables = new int[4];
  private final int sectors;

  /**
   * An image with the given volume id, of the files named by relative paths with slashes.
   *
   * @throws DiskException when the files hold more than {@link #LARGEST} together
   */
  public IsoImage(String volumeId, Map<String, byte[]> files) {
    SortedMap<String, byte[]> inOrder = new TreeMap<>(files);
    long total = inOrder.values().stream().mapToLong(content -> content.length).sum();
    if (total > LARGEST) {
      throw new DiskException(
          Reason.IMAGE_REFUSED,
          "the files of disk %s hold %d bytes; at most %d fit"
              .formatted(Printable.of(volumeId), total, LARGEST));
    }
    this.volumeId = volumeId;
    this.root = IsoNode.tree(inOrder);
    this.primary = new IsoHierarchy(IsoNaming.PRIMARY, root);
    this.joliet = new IsoHierarchy(IsoNaming.JOLIET, root);
    int at = FIRST_DESCRIPTOR + 3;
    for (int i = 0; i < pathTables.length; i++) {
      pathTables[i] = at;
      at += sectors((i < 2 ? primary : joliet).pathTableSize());
    }
    at = placeDirectories(primary, primaryExtents, at);
    at = placeDirectories(joliet, jolietExtents, at);
    this.continuations = new Continuations(at);
    at += measureContinuations();
    this.sectors = placeFiles(root, at);
  }

  private static int placeDirectories(IsoHierarchy tree, Map<IsoNode, Integer> extents, int from) {
    int at = from;
    for (IsoNode.Directory directory : tree.directories()) {
      extents.put(directory, at);
      at += tree.size(directory) / SECTOR;
    }
    return at;
  }

  /** Continuations are handed out in the order of writing, so measuring is a dry run of it. */
  private int measureContinuations() {
    var dry = new Continuations(0);
    for (IsoNode.Directory directory : primary.directories()) {
      primary.writeDirectory(
          directory, ByteBuffer.allocate(primary.size(directory)), new Placed(Map.of(), dry));
    }
    return dry.sectors();
  }

  private int placeFiles(IsoNode.Directory directory, int from) {
    int at = from;
    for (IsoNode child : directory.children()) {
      switch (child) {
        case IsoNode.Directory d -> at = placeFiles(d, at);
        case IsoNode.File f -> {
          primaryExtents.put(f, at);
          jolietExtents.put(f, at);
          at += sectors(f.content().length);
        }
      }
    }
    return at;
  }

  /** The image. */
  public byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(sectors * SECTOR);
    var primaryPlaces = new Placed(primaryExtents, continuations);
    var jolietPlaces = new Placed(jolietExtents, continuations);
    descriptor(out.position(FIRST_DESCRIPTOR * SECTOR), primary, primaryPlaces);
    descriptor(out.position((FIRST_DESCRIPTOR + 1) * SECTOR), joliet, jolietPlaces);
    out.position((FIRST_DESCRIPTOR + 2) * SECTOR).put((byte) 255).put(ascii("CD001")).put((byte) 1);
    for (int i = 0; i < pathTables.length; i++) {
      out.order(i % 2 == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      out.position(pathTables[i] * SECTOR);
      (i < 2 ? primary : joliet).writePathTable(out, i < 2 ? primaryPlaces : jolietPlaces);
    }
    for (IsoNode.Directory directory : primary.directories()) {
      out.position(primaryPlaces.extent(directory) * SECTOR);
      primary.writeDirectory(directory, out, primaryPlaces);
    }
    for (IsoNode.Directory directory : joliet.directories()) {
      out.position(jolietPlaces.extent(directory) * SECTOR);
      joliet.writeDirectory(directory, out, jolietPlaces);
    }
    continuations.writeTo(out);
    primaryExtents.forEach(
        (node, extent) -> {
          if (node instanceof IsoNode.File f) {
            out.position(extent * SECTOR).put(f.content());
          }
        });
    return out.array();
  }

  private void descriptor(ByteBuffer out, IsoHierarchy tree, Placed places) {
    boolean isJoliet = tree == joliet;
    out.put((byte) (isJoliet ? 2 : 1)).put(ascii("CD001")).put((byte) 1).put((byte) 0);
    text(out, "LINUX", 32, isJoliet);
    text(out, isJoliet ? volumeId : primaryVolumeId(), 32, isJoliet);
    out.put(new byte[8]);
    RockRidge.bothEndian(out, sectors);
    out.put(isJoliet ? new byte[] {'%', '/', 'E'} : new byte[3]).put(new byte[29]);
    bothEndianShort(out, 1);
    bothEndianShort(out, 1);
    bothEndianShort(out, SECTOR);
    RockRidge.bothEndian(out, tree.pathTableSize());
    int first = isJoliet ? 2 : 0;
    out.order(ByteOrder.LITTLE_ENDIAN).putInt(pathTables[first]).putInt(0);
    out.order(ByteOrder.BIG_ENDIAN).putInt(pathTables[first + 1]).putInt(0);
    out.put(tree.rootRecord(places));
    for (int length : new int[] {128, 128, 128, 128, 37, 37, 37}) {
      text(out, "", length, isJoliet);
    }
    out.put(ascii(DATE)).put((byte) 0).put(ascii(DATE)).put((byte) 0);
    out.put(ascii(NO_DATE)).put((byte) 0).put(ascii(NO_DATE)).put((byte) 0);
    out.put((byte) 1);
  }

  /**
   * As written when it is plain: guests look for labels such as {@code cidata} in small letters.
   */
  private String primaryVolumeId() {
    return volumeId.replaceAll("[^A-Za-z0-9_.-]", "_");
  }

  private static void text(ByteBuffer out, String text, int length, boolean ucs2) {
    byte[] bytes = ucs2 ? text.getBytes(StandardCharsets.UTF_16BE) : ascii(text);
    int kept = Math.min(bytes.length, ucs2 ? length / 2 * 2 : length);
    out.put(bytes, 0, kept);
    for (int i = kept; i < length; i++) {
      boolean high = ucs2 && i % 2 == 0;
      out.put((byte) (high ? 0 : ' '));
    }
  }

  private static void bothEndianShort(ByteBuffer out, int number) {
    out.order(ByteOrder.LITTLE_ENDIAN).putShort((short) number);
    out.order(ByteOrder.BIG_ENDIAN).putShort((short) number);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static int sectors(int bytes) {
    return (bytes + SECTOR - 1) / SECTOR;
  }

  /** Packs continuations into sectors; none crosses a sector's end, as readers demand. */
  private static final class Continuations {
    private final int firstSector;
    private final Map<Integer, byte[]> placed = new TreeMap<>();
    private int at;

    Continuations(int firstSector) {
      this.firstSector = firstSector;
    }

    int[] place(byte[] bytes) {
      if (at % SECTOR + bytes.length > SECTOR) {
        at = (at / SECTOR + 1) * SECTOR;
      }
      int here = at;
      placed.put(here, bytes);
      at += bytes.length;
      return new int[] {firstSector + here / SECTOR, here % SECTOR};
    }

    int sectors() {
      return IsoImage.sectors(at);
    }

    void writeTo(ByteBuffer out) {
      placed.forEach((offset, bytes) -> out.position(firstSector * SECTOR + offset).put(bytes));
      placed.clear();
      at = 0;
    }
  }

  private record Placed(Map<IsoNode, Integer> extents, Continuations continuations)
      implements IsoHierarchy.Places {
    @Override
    public int extent(IsoNode node) {
      return extents.getOrDefault(node, 0);
    }

    @Override
    public int[] continuation(byte[] bytes) {
      return continuations.place(bytes);
    }
  }
}
