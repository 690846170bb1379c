package dev.barevirt.launcher.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrivilegesTest {
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  @Test
  void rootBecomesAnotherUserWithoutCapabilities() {
    assertThat(new Privileges(0, 0).wrapper(SETPRIV, 107, List.of()))
        .containsExactly(
            "/usr/bin/setpriv",
            "--reuid",
            "107",
            "--regid",
            "107",
            "--clear-groups",
            "--inh-caps=-all",
            "--bounding-set=-all",
            "--no-new-privs",
            "--");
  }

  @Test
  void furtherGroupsAreNamed() {
    assertThat(new Privileges(0, 0).wrapper(SETPRIV, 107, List.of(36, 104)))
        .containsSequence("--groups", "36,104")
        .doesNotContain("--clear-groups");
  }

  @Test
  void anybodyElseOnlyGivesUpTheWayBack() {
    assertThat(new Privileges(1000, 1000).wrapper(SETPRIV, 107, List.of()))
        .containsExactly("/usr/bin/setpriv", "--no-new-privs", "--");
  }

  @Test
  void knowsItself() throws Exception {
    Object uid = java.nio.file.Files.getAttribute(Path.of("/proc/self"), "unix:uid");

    assertThat(Privileges.current().uid()).isEqualTo(uid);
  }

  @Test
  void findsPrograms(@TempDir Path empty) {
    assertThat(Programs.of(empty + ":relative:").find("sh")).isPresent();
    assertThat(new Programs(List.of(empty)).find("sh")).isEmpty();
    assertThat(Programs.of("").find("no-such-program")).isEmpty();
  }

  @Test
  void knowsHowMuchSpaceIsLeft(@TempDir Path directory) {
    FileSystemSpace space = FileSystemSpace.of(directory);

    assertThat(space.available()).isPositive().isLessThanOrEqualTo(space.total());
    assertThat(FileSystemSpace.of(Path.of("/dev/shm")).inMemory()).isTrue();
  }

  @Test
  void aBootHasAName() {
    assertThat(BootId.current().value()).hasSize(36).isEqualTo(BootId.current().value());
  }
}
