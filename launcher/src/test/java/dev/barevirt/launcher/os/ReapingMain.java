package dev.barevirt.launcher.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What {@link ChildrenIT} runs as PID 1: leaves orphans to itself and looks for zombies. */
final class ReapingMain {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int OK = 0;
  private static final int NOT_PID_1 = 2;
  private static final int WRONG_STATUS = 3;
  private static final int ZOMBIES = 4;

  private ReapingMain() {}

  /** Exits with 0 when every child's status arrived and no zombie is left. */
  public static void main(String[] arguments) throws IOException {
    System.exit(ProcessHandle.current().pid() == 1 ? check() : NOT_PID_1);
  }

  private static int check() throws IOException {
    Children children = Children.ofThisProcess();
    for (int code = 0; code < 20; code++) {
      // The shell ends at once, and what it started becomes ours and ends a moment later.
      RunningProcess child =
          children.start(
              SpawnRequest.of(List.of("/bin/sh", "-c", "sleep 0.1 & sleep 0 & exit " + code))
                  .withEnvironment(Map.of("PATH", "/usr/bin:/bin")));
      if (!child.awaitExit(SOON).equals(Optional.of(new ExitStatus.Exited(code)))) {
        return WRONG_STATUS;
      }
    }
    long deadline = System.nanoTime() + SOON.toNanos();
    while (childrenLeft()) {
      if (System.nanoTime() > deadline) {
        return ZOMBIES;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    return OK;
  }

  /** In our own PID namespace every process but us is a child or an orphan of ours. */
  private static boolean childrenLeft() throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      return entries
          .map(entry -> String.valueOf(entry.getFileName()))
          .anyMatch(name -> name.matches("[0-9]+") && !name.equals("1"));
    }
  }
}
