package dev.barevirt.launcher.cgroup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads and writes the kernel's control files, each with one call as the kernel wants it. */
final class ControlFiles {
  private ControlFiles() {}

  static void write(Path file, String value) throws IOException {
    Files.write(
        file,
        value.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING);
  }

  /** The file's words; none when it is not there. */
  static Set<String> words(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Set.of();
    }
    return Arrays.stream(Files.readString(file).split("\\s+", -1))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toSet());
  }

  /** The numbers of the processes in a group. */
  static List<Long> processes(Path group) throws IOException {
    return Files.readString(group.resolve("cgroup.procs"))
        .lines()
        .filter(line -> line.matches("[0-9]{1,10}"))
        .map(Long::parseLong)
        .filter(pid -> pid > 0) // 0 stands for a process of another container
        .toList();
  }

  /** The number after a word in a file of "word number" lines. */
  static OptionalLong counter(String text, String word) {
    return text.lines()
        .map(line -> line.split(" ", -1))
        .filter(parts -> parts.length == 2 && parts[0].equals(word))
        .filter(parts -> parts[1].matches("[0-9]{1,18}"))
        .mapToLong(parts -> Long.parseLong(parts[1]))
        .findFirst();
  }
}
