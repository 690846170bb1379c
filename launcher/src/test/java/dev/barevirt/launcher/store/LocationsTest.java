package dev.barevirt.launcher.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.launcher.os.Privileges;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LocationsTest {
  private static final Privileges ROOT = new Privileges(0, 0);
  private static final Privileges USER = new Privileges(1000, 1000);

  @Test
  void rootUsesTheSystemsDirectories() {
    assertThat(Locations.of(Map.of("HOME", "/root"), ROOT))
        .isEqualTo(
            new Locations(
                Path.of("/var/lib/barevirt"),
                Path.of("/run/barevirt"),
                Path.of("/var/lib/barevirt/images"),
                Path.of("/var/cache/barevirt")));
  }

  @Test
  void aUserUsesTheirHome() {
    assertThat(Locations.of(Map.of("HOME", "/home/u"), USER))
        .isEqualTo(
            new Locations(
                Path.of("/home/u/.local/state/barevirt"),
                Path.of("/tmp/barevirt-1000"),
                Path.of("/home/u/.local/share/barevirt/images"),
                Path.of("/home/u/.cache/barevirt")));
  }

  @Test
  void theXdgDirectoriesCount() {
    Locations locations =
        Locations.of(
            Map.of(
                "HOME", "/home/u",
                "XDG_STATE_HOME", "/s",
                "XDG_DATA_HOME", "relative/is/ignored",
                "XDG_RUNTIME_DIR", "/run/user/1000"),
            USER);

    assertThat(locations.machines()).isEqualTo(Path.of("/s/barevirt/machines"));
    assertThat(locations.images()).isEqualTo(Path.of("/home/u/.local/share/barevirt/images"));
    assertThat(locations.runtime()).isEqualTo(Path.of("/run/user/1000/barevirt"));
  }

  @Test
  void ourOwnVariablesAndFlagsWin() {
    Map<String, String> environment =
        Map.of(
            "BAREVIRT_STATE_DIR", "/a/../b", "BAREVIRT_RUNTIME_DIR", "/r", "XDG_STATE_HOME", "/s");

    assertThat(Locations.of(environment, USER))
        .isEqualTo(Locations.of(environment, ROOT))
        .isEqualTo(
            new Locations(Path.of("/b"), Path.of("/r"), Path.of("/b/images"), Path.of("/b/cache")));
    assertThat(Locations.of(environment, USER).withState(Path.of("/x")).withRuntime(Path.of("/y")))
        .isEqualTo(
            new Locations(Path.of("/x"), Path.of("/y"), Path.of("/x/images"), Path.of("/x/cache")));
  }
}
