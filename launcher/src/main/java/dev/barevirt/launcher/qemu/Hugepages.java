package dev.barevirt.launcher.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The huge pages a host has.
 *
 * @param directory where the kernel tells of them
 */
record Hugepages(Path directory) {
  private static final Path KERNEL = Path.of("/sys/kernel/mm/hugepages");
  private static final Pattern SIZE = Pattern.compile("hugepages-([0-9]{1,12})kB");

  static Hugepages ofThisHost() {
    return new Hugepages(KERNEL);
  }

  /** How many are free, by their size in bytes. */
  Map<Long, Long> free() {
    Map<Long, Long> free = new TreeMap<>();
    if (!Files.isDirectory(directory)) {
      return free;
    }
    try (Stream<Path> sizes = Files.list(directory)) {
      for (Path size : sizes.toList()) {
        Matcher matcher = SIZE.matcher(String.valueOf(size.getFileName()));
        if (matcher.matches()) {
          String count = Files.readString(size.resolve("free_hugepages")).strip();
          free.put(Long.parseLong(matcher.group(1)) * 1024, Long.parseLong(count));
        }
      }
    } catch (IOException | NumberFormatException unreadable) {
      return Map.of(); // a kernel that does not say has none for us
    }
    return free;
  }
}
