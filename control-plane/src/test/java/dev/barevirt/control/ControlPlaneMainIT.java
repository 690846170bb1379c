package dev.barevirt.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that cannot start ends, and says why. */
class ControlPlaneMainIT {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final long PATIENCE = 120;

  @ParameterizedTest
  @Timeout(PATIENCE)
  @ValueSource(strings = {"api", "controller"})
  void aRoleThatCannotStartEnds(String role) throws IOException, InterruptedException {
    assertThat(failure(role)).contains("the control plane could not start");
  }

  /** Runs the program where no API server answers. */
  private static String failure(String... arguments) throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(
                JAVA.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ControlPlaneMain.class.getName()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().putAll(Map.of("KUBERNETES_MASTER", "https://127.0.0.1:1"));
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(PATIENCE, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(said).isOne();
      return said;
    } finally {
      process.destroyForcibly();
    }
  }
}
