package dev.barevirt.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.LauncherCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The resident launcher is paid for per guest: it loads nothing that it does not need. */
final class LightIT {
  @TempDir Path directory;

  @Test
  void loadsNeitherCommandLineNorYamlNorAKubernetesClient() throws Exception {
    Path classes = directory.resolve("classes");
    try (ResidentProcess resident =
        ResidentProcess.start("-Xlog:class+load:file=" + classes + "::filecount=0")) {
      resident.call(new LauncherCommand.Sync(Requests.micro("")));
      resident.call(new LauncherCommand.Kill(false));
      resident.lastReport();
      List<String> loaded = Files.readAllLines(classes);
      assertThat(loaded).anyMatch(line -> line.contains("dev.barevirt.launcher.LauncherMain"));
      assertThat(loaded)
          .noneMatch(line -> line.contains(" picocli."))
          .noneMatch(line -> line.contains(" org.snakeyaml."))
          .noneMatch(line -> line.contains(" io.fabric8."))
          .noneMatch(line -> line.contains(" com.fasterxml.jackson.databind."))
          .noneMatch(line -> line.contains(" dev.barevirt.launcher.cli."));
    }
  }
}
