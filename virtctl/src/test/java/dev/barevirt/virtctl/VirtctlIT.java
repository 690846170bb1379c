package dev.barevirt.virtctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as users run it. */
class VirtctlIT {
  private static final Path BIN = Path.of("../bin").toAbsolutePath().normalize();
  private static final int RUNS = 5;

  /** Processor time, so that a loaded machine makes no difference; the best run counts. */
  @ParameterizedTest
  @ValueSource(strings = {"version --client", "--help"})
  void startsWithin300MillisecondsOfProcessorTime(String words) throws Exception {
    double best = Double.MAX_VALUE;
    for (int run = 0; run < RUNS; run++) {
      String[] spent =
          shell("TIMEFORMAT='%U %S'; time " + BIN + "/virtctl " + words + " >/dev/null")
              .split(" ", -1);
      best = Math.min(best, Double.parseDouble(spent[0]) + Double.parseDouble(spent[1]));
    }
    assertThat(best).isLessThan(0.3);
  }

  @Test
  void isAPluginOfKubectlToo() throws Exception {
    assertThat(shell(BIN + "/kubectl-virt --help")).contains("Usage:\n  kubectl virt COMMAND");
    assertThat(shell(BIN + "/virtctl --help")).contains("Usage:\n  virtctl COMMAND");
  }

  @Test
  void completesInBash() throws Exception {
    String asked =
        "PATH="
            + BIN
            + ":$PATH; source <(virtctl completion bash); COMP_WORDS=(virtctl sta); COMP_CWORD=1;"
            + " _virtctl; echo \"<${COMPREPLY[*]}>\"";

    assertThat(shell(asked)).isEqualTo("<start >");
  }

  @Test
  void failsWithStatusOne() throws Exception {
    assertThat(shell(BIN + "/virtctl nonsense || echo \"status $?\""))
        .contains("unknown command \"nonsense\" for \"virtctl\"")
        .endsWith("status 1");
  }

  private static String shell(String command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("bash", "-c", command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.strip();
  }
}
