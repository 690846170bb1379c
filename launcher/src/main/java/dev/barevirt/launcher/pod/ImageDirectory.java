package dev.barevirt.launcher.pod;

import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.os.FileStatus;
import dev.barevirt.launcher.os.OpenFile;
import dev.barevirt.launcher.os.OpenFlag;
import dev.barevirt.launcher.os.OsException;
import dev.barevirt.qmp.wire.OwnedFd;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A directory with somebody's container image. Whoever made the image chose every name and link in
 * it: links lead within the image as if it were the whole file system, and only regular files are
 * taken.
 */
final class ImageDirectory implements AutoCloseable {
  private static final int MOST_SHOWN = 200;

  /** Neither a FIFO nor a device may hold the launcher up when it is opened to be looked at. */
  private static final Set<OpenFlag> LOOKING =
      EnumSet.of(OpenFlag.READ, OpenFlag.NON_BLOCKING, OpenFlag.NO_CONTROLLING_TERMINAL);

  private static final Set<OpenFlag> ENTERING = EnumSet.of(OpenFlag.READ, OpenFlag.DIRECTORY);

  private final String what;
  private final OwnedFd root;

  private ImageDirectory(String what, OwnedFd root) {
    this.what = what;
    this.root = root;
  }

  /**
   * Opens the directory.
   *
   * @param what the image, for messages
   */
  static ImageDirectory open(String what, Path directory) {
    try {
      return new ImageDirectory(what, OpenFile.open(directory, ENTERING));
    } catch (OsException absent) {
      throw refused(what + " is not there: " + absent.getMessage());
    }
  }

  /** The file at a path of the image. */
  Path file(String inside) {
    try (OwnedFd file = OpenFile.openInRoot(root, inside, LOOKING)) {
      if (FileStatus.of(file).type() != FileStatus.Type.FILE) {
        throw refused(what + ": " + shown(inside) + " is no regular file");
      }
      return where(file);
    } catch (OsException refused) {
      throw refused(
          "%s: %s cannot be opened: %s".formatted(what, shown(inside), refused.errno().text()));
    }
  }

  /** The one file of a directory of the image. */
  Path onlyFileIn(String inside) {
    try (OwnedFd directory = OpenFile.openInRoot(root, inside, ENTERING)) {
      List<String> names = names(where(directory));
      if (names.size() != 1) {
        throw refused(
            "%s: its directory /%s holds %s instead of one file"
                .formatted(what, inside, names.isEmpty() ? "nothing" : "several"));
      }
      return file(inside + "/" + names.getFirst());
    } catch (OsException refused) {
      throw refused(
          "%s: it has no directory /%s: %s".formatted(what, inside, refused.errno().text()));
    }
  }

  @Override
  public void close() {
    root.close();
  }

  private List<String> names(Path directory) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        names.add(entry.getFileName().toString());
        if (names.size() > 1) {
          break;
        }
      }
      return names;
    } catch (IOException | DirectoryIteratorException unreadable) {
      throw refused(what + ": its directory cannot be read");
    }
  }

  /** The name under which an open file is found again; the image is mounted read-only. */
  private Path where(OwnedFd file) {
    try {
      Path path = Path.of("/proc/self/fd/" + file.number()).toRealPath();
      Path top = Path.of("/proc/self/fd/" + root.number()).toRealPath();
      if (!path.startsWith(top) || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        throw refused(what + ": a path leads out of the image");
      }
      return path;
    } catch (IOException gone) {
      throw refused(what + ": a file went away while it was looked at");
    }
  }

  private static String shown(String path) {
    String printable = path.replaceAll("\\p{Cntrl}", "?");
    return printable.length() > MOST_SHOWN ? printable.substring(0, MOST_SHOWN) + "…" : printable;
  }

  private static GuestException refused(String why) {
    return new GuestException(LauncherFault.INVALID, why);
  }
}
