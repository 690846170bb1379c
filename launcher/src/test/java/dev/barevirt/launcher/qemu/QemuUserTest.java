package dev.barevirt.launcher.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.launcher.machine.Sidecar;
import dev.barevirt.launcher.os.Privileges;
import dev.barevirt.launcher.os.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QemuUserTest {
  private static final Privileges ROOT = new Privileges(0, 0);
  private static final Privileges SOMEBODY = new Privileges(1000, 1000);

  @TempDir Path directory;

  private static Sidecar sidecar(String program) {
    return new Sidecar("one", program, List.of(), "one.sock", List.of());
  }

  private Programs withSetpriv() throws IOException {
    Path program = Files.createFile(directory.resolve("setpriv"));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return new Programs(List.of(directory));
  }

  private Programs withoutSetpriv() {
    return new Programs(List.of(directory));
  }

  @Test
  void rootStartsQemuAsSomebodyElse() throws IOException {
    QemuUser user = new QemuUser(ROOT, withSetpriv());
    assertThat(user.wrapper())
        .startsWith(directory.resolve("setpriv").toString(), "--reuid", "107", "--regid", "107")
        .endsWith("--no-new-privs", "--");
    assertThat(user.besideQemu(sidecar("/usr/bin/passt"))).contains("--reuid", "--clear-groups");
    assertThat(user.besideQemu(sidecar("/usr/libexec/virtiofsd")))
        .containsExactly(directory.resolve("setpriv").toString(), "--no-new-privs", "--");
  }

  @Test
  void rootStartsNothingAsItself() {
    QemuUser user = new QemuUser(ROOT, withoutSetpriv());
    assertThatThrownBy(user::wrapper)
        .isInstanceOf(HostException.class)
        .hasMessage("setpriv (of util-linux) is needed to start QEMU as another user than root");
  }

  @Test
  void anybodyElseNeedsNoSetpriv() {
    QemuUser user = new QemuUser(SOMEBODY, withoutSetpriv());
    assertThat(user.wrapper()).isEmpty();
    assertThat(user.besideQemu(sidecar("/usr/bin/passt"))).isEmpty();
    assertThat(user.besideQemu(sidecar("/usr/libexec/virtiofsd"))).isEmpty();
  }

  @Test
  void anybodyElseClosesTheWayBackWhereThatCanBeDone() throws IOException {
    assertThat(new QemuUser(SOMEBODY, withSetpriv()).wrapper())
        .containsExactly(directory.resolve("setpriv").toString(), "--no-new-privs", "--");
  }
}
