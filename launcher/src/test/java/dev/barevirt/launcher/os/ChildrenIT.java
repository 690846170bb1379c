package dev.barevirt.launcher.os;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.qmp.wire.OwnedFd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ChildrenIT {
  /** The launcher is PID 1 of its container: all that its children leave behind falls to it. */
  @Test
  void asPid1ItReapsOrphansAndStillTellsItsChildrensStatus() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                List.of(
                    "unshare",
                    "--pid",
                    "--fork",
                    "--mount-proc",
                    java.toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    classPath(),
                    ReapingMain.class.getName()))
            .redirectErrorStream(true)
            .start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(output).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Where the classes of the child come from, however this test was started. */
  private static String classPath() {
    return Stream.of(ReapingMain.class, Children.class, OwnedFd.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
        .distinct()
        .collect(Collectors.joining(":"));
  }
}
