package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A file that a command is about to make; never one that is there. */
final class NewFile {
  private NewFile() {}

  /** The absolute path, once nothing is there and its directory is. */
  static Path named(Session session, String given) {
    Path path = Path.of(session.files().absolute(given));
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw CliFailure.of(ExitCode.CONFLICT, path + " is there already")
          .advising("name another file, or remove it first");
    }
    Path directory = path.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw CliFailure.of(ExitCode.NOT_FOUND, "there is no directory " + directory);
    }
    return path;
  }
}
