package dev.barevirt.launcher.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the kernel says of the host at one moment.
 *
 * @param processors the host's processors
 * @param processorSeconds how long they have worked since the host started
 * @param freeMemoryKib unused memory
 * @param freeVirtualKib unused memory and swap
 * @param usedVirtualKib used memory and swap
 * @param pagedInKib read from disks since the host started
 * @param pagedOutKib written to disks since then
 * @param guestSeconds how long the guest's QEMU has worked
 */
record HostFigures(
    long processors,
    long processorSeconds,
    long freeMemoryKib,
    long freeVirtualKib,
    long usedVirtualKib,
    long pagedInKib,
    long pagedOutKib,
    long guestSeconds) {
  /** The unit of all times below /proc; the same on every Linux. */
  private static final long TICKS_A_SECOND = 100;

  /** Of {@code /proc/stat}: user, nice, system; after idle and iowait: irq, softirq, steal. */
  private static final List<Integer> WORKING = List.of(1, 2, 3, 6, 7, 8);

  /** Of {@code /proc/PID/stat} behind the program's name: time in user mode and in the kernel. */
  private static final int USER_TIME = 11;

  /**
   * Reads them.
   *
   * @param proc where the proc file system is
   * @param qemu the guest's QEMU; once it is gone its time is 0
   */
  static HostFigures read(Path proc, long qemu) {
    Map<String, Long> memory = values(proc.resolve("meminfo"));
    Map<String, Long> paging = values(proc.resolve("vmstat"));
    List<String> stat = lines(proc.resolve("stat"));
    long free = memory.getOrDefault("MemFree", 0L);
    long freeVirtual = free + memory.getOrDefault("SwapFree", 0L);
    long all = memory.getOrDefault("MemTotal", 0L) + memory.getOrDefault("SwapTotal", 0L);
    return new HostFigures(
        stat.stream().filter(line -> line.matches("cpu[0-9]+ .*")).count(),
        worked(stat),
        free,
        freeVirtual,
        all - freeVirtual,
        paging.getOrDefault("pgpgin", 0L),
        paging.getOrDefault("pgpgout", 0L),
        workedFor(proc.resolve(qemu + "/stat")));
  }

  private static long worked(List<String> stat) {
    return stat.stream()
        .filter(line -> line.startsWith("cpu "))
        .findFirst()
        .map(line -> line.split(" +"))
        .map(words -> WORKING.stream().mapToLong(at -> number(words, at)).sum() / TICKS_A_SECOND)
        .orElse(0L);
  }

  private static long workedFor(Path stat) {
    String line = String.join(" ", lines(stat));
    String[] words = line.substring(line.lastIndexOf(')') + 1).strip().split(" ");
    return (number(words, USER_TIME) + number(words, USER_TIME + 1)) / TICKS_A_SECOND;
  }

  /** The lines {@code name: 12 kB} or {@code name 12} of a file. */
  private static Map<String, Long> values(Path file) {
    Map<String, Long> values = new HashMap<>();
    for (String line : lines(file)) {
      String[] words = line.split("[: ]+");
      values.put(words[0], number(words, 1));
    }
    return values;
  }

  private static long number(String[] words, int at) {
    return Arrays.stream(words)
        .skip(at)
        .findFirst()
        .filter(word -> word.matches("[0-9]{1,18}"))
        .map(Long::parseLong)
        .orElse(0L);
  }

  /** What the kernel hides, or a process that has just gone would have said, counts as nothing. */
  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException hidden) {
      return List.of();
    }
  }
}
