package dev.barevirt.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of ours, run where no API server answers. */
public final class FailedStart {
  /** How long a program may take to end, in seconds. */
  public static final long PATIENCE = 120;

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private FailedStart() {}

  /** What the program says until it ends with status 1. */
  public static String of(Class<?> program, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(
                JAVA.toString(), "-cp", System.getProperty("java.class.path"), program.getName()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("KUBERNETES_MASTER", "https://127.0.0.1:1");
    builder.environment().putAll(environment);
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
