package dev.barevirt.launcher.qemu;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.launcher.machine.HostFacts.Accelerator;
import dev.barevirt.launcher.os.Children;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With scripts that stand for QEMUs nobody has any more; the real one is asked in the IT. */
final class QemuProbeTest {
  @TempDir Path directory;

  @Test
  void aQemuThatIsTooOldIsRefusedInOneSentence() throws IOException {
    Path old =
        script(
            """
            version='{"qemu": {"micro": 1, "minor": 1, "major": 7}, "package": ""}'
            echo "{\\"QMP\\": {\\"version\\": $version, \\"capabilities\\": []}}" >&3
            while read -r line <&3; do
              id=${line##*\\"id\\":}
              id=${id%%[,\\}]*}
              echo "{\\"return\\": $version, \\"id\\": $id}" >&3
            done
            """);

    assertThatThrownBy(() -> probe(old))
        .isInstanceOf(HostException.class)
        .hasMessage(old + " is QEMU 7.1.1, and barevirt needs 7.2 or later")
        .extracting(thrown -> ((HostException) thrown).reason())
        .isEqualTo(HostException.Reason.QEMU_TOO_OLD);
  }

  @Test
  void aProgramThatIsNoQemuIsToldSo() throws IOException {
    Path other = script("exit 3");

    assertThatThrownBy(() -> probe(other))
        .isInstanceOf(HostException.class)
        .hasMessage(other + " does not answer as a QEMU does (exit code 3)");
  }

  @Test
  void aProgramThatDoesNotStartIsToldSo() {
    Path absent = directory.resolve("absent");

    assertThatThrownBy(() -> probe(absent))
        .isInstanceOf(HostException.class)
        .hasMessage("cannot start " + absent + " to ask what it can do");
  }

  private void probe(Path qemu) {
    new QemuProbe(Children.ofThisProcess(), List.of()).probe(qemu, Accelerator.TCG, directory);
  }

  private Path script(String body) throws IOException {
    Path script = Files.writeString(directory.resolve("qemu"), "#!/bin/sh\n" + body);
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }
}
