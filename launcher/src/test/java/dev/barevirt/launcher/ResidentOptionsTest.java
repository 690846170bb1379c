package dev.barevirt.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResidentOptionsTest {
  @Test
  void readsEveryOption() {
    assertThat(
            ResidentOptions.parse(
                List.of(
                    "--state",
                    "/s",
                    "--runtime",
                    "/r",
                    "--cache",
                    "/c",
                    "--listen-fd",
                    "3",
                    "--adopt")))
        .contains(new ResidentOptions(Path.of("/s"), Path.of("/r"), Path.of("/c"), 3, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--state /s --runtime /r",
        "--state /s --runtime /r --listen-fd x",
        "--state /s --runtime /r --listen-fd -1",
        "--state /s --runtime /r --listen-fd 3 --dance now",
        "--state /s --listen-fd 3 --runtime"
      })
  void refusesWhatIsMissingOrUnknown(String line) {
    assertThat(ResidentOptions.parse(List.of(line.split(" ")))).isEmpty();
  }
}
