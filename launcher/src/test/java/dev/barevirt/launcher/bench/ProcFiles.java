package dev.barevirt.launcher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the kernel tells of a process. */
final class ProcFiles {
  private static final double TICKS_PER_SECOND = 100; // USER_HZ, fixed by the kernel's ABI
  private static final int START_TIME = 22; // proc_pid_stat(5)

  private ProcFiles() {}

  /** When a process was forked, in milliseconds since boot, with the kernel's grain of 10 ms. */
  static double startMillis(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[START_TIME - 3]) * 1000 / TICKS_PER_SECOND;
  }

  /** A process's proportional share of the memory, in MiB. */
  static double pssMebibytes(long pid) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup"));
    return lines.stream()
            .filter(line -> line.startsWith("Pss:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElseThrow()
        / 1024.0;
  }

  /** The load averages, as the kernel prints them. */
  static String load() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).strip();
  }

  /** The parent of a process. */
  static long parent(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[1]);
  }
}
