package dev.barevirt.launcher.os;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where programs are looked for.
 *
 * @param directories in order
 */
public record Programs(List<Path> directories) {
  private static final List<Path> USUAL =
      Stream.of(
              "/usr/local/sbin",
              "/usr/local/bin",
              "/usr/sbin",
              "/usr/bin",
              "/sbin",
              "/bin",
              "/usr/libexec",
              "/usr/lib/qemu")
          .map(Path::of)
          .toList();

  public Programs {
    directories = List.copyOf(directories);
  }

  /** The directories every distribution uses, with those of programs that no user calls by hand. */
  public static Programs usual() {
    return new Programs(USUAL);
  }

  /** The absolute directories of a PATH variable, then the usual ones. */
  public static Programs of(String path) {
    return new Programs(
        Stream.concat(
                Arrays.stream(path.split(":", -1))
                    .filter(entry -> entry.startsWith("/"))
                    .map(Path::of),
                USUAL.stream())
            .distinct()
            .toList());
  }

  /** The first executable of that name. */
  public Optional<Path> find(String name) {
    return directories.stream()
        .map(directory -> directory.resolve(name))
        .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
        .findFirst();
  }
}
