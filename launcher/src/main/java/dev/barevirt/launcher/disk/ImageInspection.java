package dev.barevirt.launcher.disk;

import dev.barevirt.launcher.disk.DiskException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges an image before anything of QEMU's opens it: only raw and qcow2, only regular files and
 * block devices, no names of other files unless the caller allows them, nothing corrupt.
 */
public final class ImageInspection {
  private static final int DEEPEST_CHAIN = 32;

  /** What the owner of an image is trusted with. */
  public enum Trust {
    /** A format nobody declared is read from the header; other files it names are refused. */
    DETECT,
    /** A format nobody declared is raw, whatever the guest wrote to its first sector. */
    RAW_UNLESS_DECLARED,
    /** As {@link #DETECT}, and the image may name backing files on this host. */
    DETECT_WITH_BACKING
  }

  /** Whether a symbolic link may stand where the image is expected. */
  public enum Links {
    /** The user named this path, so a link is theirs. */
    FOLLOWED,
    /** The path lies where a guest's owner can write, so a link could lead anywhere. */
    REFUSED
  }

  private final Links links;

  /** An inspection that follows a symbolic link at the image's own path, or refuses it. */
  public ImageInspection(Links links) {
    this.links = links;
  }

  /**
   * Inspects an image.
   *
   * @param declared the format somebody vouches for, or null to go by {@code trust}
   * @throws DiskException when it must not be attached
   */
  public DiskImage inspect(Path path, @Nullable DiskFormat declared, Trust trust) {
    return inspect(path, declared, trust, 0);
  }

  private DiskImage inspect(Path path, @Nullable DiskFormat declared, Trust trust, int depth) {
    String name = "disk image " + Printable.of(path.toString());
    if (depth > DEEPEST_CHAIN) {
      throw refused(name, "its chain of backing files is deeper than " + DEEPEST_CHAIN);
    }
    boolean device = kindOf(path, name);
    try (SeekableByteChannel channel = Files.newByteChannel(path)) {
      ByteBuffer start = firstBytes(channel);
      long length = channel.size();
      if (!device && length == 0) {
        throw refused(name, "it is empty");
      }
      DiskFormat format = format(declared, trust, start);
      return switch (format) {
        case RAW -> new DiskImage(path, device, format, length, List.of());
        case QCOW2 -> qcow2(path, name, device, start, length, trust, depth);
      };
    } catch (IOException e) {
      throw DiskException.during("reading " + name, e);
    }
  }

  private static DiskFormat format(@Nullable DiskFormat declared, Trust trust, ByteBuffer start) {
    if (declared != null) {
      return declared;
    }
    return switch (trust) {
      case RAW_UNLESS_DECLARED -> DiskFormat.RAW;
      case DETECT, DETECT_WITH_BACKING ->
          Qcow2Header.isQcow2(start) ? DiskFormat.QCOW2 : DiskFormat.RAW;
    };
  }

  /** Whether the path is a block device; refuses all that is neither that nor a regular file. */
  private boolean kindOf(Path path, String name) {
    try {
      BasicFileAttributes own =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (own.isSymbolicLink() && links == Links.REFUSED) {
        throw refused(name, "it is a symbolic link");
      }
      BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class);
      if (is.isDirectory()) {
        throw refused(name, "it is a directory");
      }
      if (is.isRegularFile()) {
        return false;
      }
      if (FileKinds.isBlockDevice(path)) {
        return true;
      }
      throw refused(name, "it is neither a regular file nor a block device");
    } catch (NoSuchFileException e) {
      throw new DiskException(Reason.MISSING, name + " does not exist", e);
    } catch (IOException e) {
      throw DiskException.during("looking at " + name, e);
    }
  }

  private DiskImage qcow2(
      Path path,
      String name,
      boolean device,
      ByteBuffer start,
      long length,
      Trust trust,
      int depth) {
    if (!Qcow2Header.isQcow2(start)) {
      throw refused(name, "it was declared qcow2 and does not begin as one");
    }
    Optional<Qcow2Header> parsed = Qcow2Header.parse(start);
    if (parsed.isEmpty()) {
      throw refused(name, "its qcow2 header is damaged or truncated");
    }
    Qcow2Header header = parsed.get();
    if (header.dataFile()) {
      throw refused(name, "it keeps its data in another file");
    }
    List<String> defects = header.defects(length);
    if (!defects.isEmpty()) {
      throw refused(name, defects.getFirst());
    }
    List<DiskImage> backing = backing(path, name, header, trust, depth);
    return new DiskImage(path, device, DiskFormat.QCOW2, header.virtualSize(), backing);
  }

  private List<DiskImage> backing(
      Path path, String name, Qcow2Header header, Trust trust, int depth) {
    if (header.backingFile().isEmpty()) {
      return List.of();
    }
    if (trust != Trust.DETECT_WITH_BACKING) {
      throw new DiskException(
          Reason.BACKING_REFUSED,
          "%s is refused: it names the backing file %s, and backing files must be allowed explicitly"
              .formatted(name, Printable.of(header.backingFile())));
    }
    if (!isPlainPath(header.backingFile())) {
      throw refused(name, "its backing file is not a plain path");
    }
    DiskFormat format =
        switch (header.backingFormat()) {
          case "raw" -> DiskFormat.RAW;
          case "qcow2" -> DiskFormat.QCOW2;
          case "" -> throw refused(name, "it does not say which format its backing file has");
          default ->
              throw refused(
                  name,
                  "its backing file has the format %s; only raw and qcow2 are read"
                      .formatted(Printable.of(header.backingFormat())));
        };
    DiskImage next =
        inspect(path.resolveSibling(header.backingFile()).normalize(), format, trust, depth + 1);
    var chain = new ArrayList<DiskImage>();
    chain.add(
        new DiskImage(next.path(), next.onBlockDevice(), format, next.virtualSize(), List.of()));
    chain.addAll(next.backing());
    return chain;
  }

  /**
   * A colon before the first slash makes QEMU read a protocol such as {@code nbd:} or {@code
   * json:}.
   */
  private static boolean isPlainPath(String text) {
    int colon = text.indexOf(':');
    int slash = text.indexOf('/');
    return text.indexOf('\0') < 0 && (colon < 0 || (slash >= 0 && slash < colon));
  }

  private static ByteBuffer firstBytes(SeekableByteChannel channel) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(Math.clamp(channel.size(), 4096, Qcow2Header.LONGEST));
    while (start.hasRemaining() && channel.read(start) >= 0) {
      // until the buffer is full or the file ends
    }
    return start.flip();
  }

  private static DiskException refused(String name, String why) {
    return new DiskException(Reason.IMAGE_REFUSED, name + " is refused: " + why);
  }
}
