package dev.barevirt.launcher.cli.spec;

import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import dev.barevirt.launcher.cli.output.Text;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The user's files that flags name.
 *
 * @param directory where relative paths start
 * @param home the user's home directory, for {@code --ssh-key auto}
 */
public record HostFiles(Path directory, Path home) {
  private static final long MAX_TEXT = 1 << 20;

  /** An absolute, normalised path; refuses what is not a path at all. */
  public String absolute(String path) {
    if (path.chars().anyMatch(Character::isISOControl)) {
      throw CliFailure.usage(
          "the path '" + Text.printable(path) + "' has control characters in it");
    }
    try {
      return directory.resolve(path).normalize().toString();
    } catch (InvalidPathException e) {
      throw CliFailure.usage("'" + Text.printable(path) + "' is not a path");
    }
  }

  /** The whole of a small text file. */
  public String text(String flag, String path) {
    Path file = Path.of(absolute(path));
    try {
      if (Files.size(file) > MAX_TEXT) {
        throw CliFailure.of(ExitCode.SPEC_INVALID, flag + ": " + file + " is larger than 1 MiB");
      }
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw CliFailure.of(ExitCode.SPEC_INVALID, flag + ": " + file + " is not UTF-8 text");
    } catch (IOException e) {
      throw CliFailure.of(ExitCode.SPEC_INVALID, flag + ": cannot read " + file + ": " + reason(e));
    }
  }

  /** The first of the user's public keys. */
  public String ownPublicKey() {
    for (String kind : List.of("id_ed25519.pub", "id_ecdsa.pub", "id_rsa.pub")) {
      Path key = home.resolve(".ssh").resolve(kind);
      if (Files.isReadable(key)) {
        return text("--ssh-key", key.toString());
      }
    }
    throw CliFailure.usage("--ssh-key auto found no public key in " + home.resolve(".ssh"))
        .advising("make one with 'ssh-keygen -t ed25519' or name a file");
  }

  /** True when the path is a directory with nothing in the way of reading it. */
  public boolean isDirectory(String path) {
    try (Stream<Path> entries = Files.list(Path.of(path))) {
      return entries.findFirst().isPresent() || Files.isDirectory(Path.of(path));
    } catch (IOException e) {
      return false;
    }
  }

  /** Why a file could not be read, without Java's class names. */
  public static String reason(IOException e) {
    return switch (e) {
      case java.nio.file.NoSuchFileException _ -> "there is no such file";
      case java.nio.file.AccessDeniedException _ -> "permission denied";
      case java.nio.file.FileSystemException f when f.getReason() != null -> f.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }
}
