package dev.barevirt.launcher.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.qmp.wire.RawJson;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ContractTest {
  @Test
  void readsACommandWithItsArguments() {
    assertThat(Contract.command("resize-disk", RawJson.of("{\"disk\":\"root\",\"bytes\":42}")))
        .isEqualTo(new LauncherCommand.ResizeDisk("root", 42));
  }

  @Test
  void skipsArgumentsOfALaterVersion() {
    assertThat(Contract.command("pause", RawJson.of("{\"gently\":true}")))
        .isEqualTo(new LauncherCommand.Pause());
  }

  @Test
  void findsEveryCommandByItsName() {
    for (Class<?> kind : LauncherCommand.class.getPermittedSubclasses()) {
      assertThat(LauncherCommand.named(LauncherCommand.wireName(kind)).orElseThrow())
          .isEqualTo(kind);
    }
    assertThat(
            Arrays.stream(LauncherCommand.class.getPermittedSubclasses())
                .map(LauncherCommand::wireName))
        .contains("sync", "soft-reboot", "inject-nmi", "open-stream", "agent-exec-status")
        .doesNotHaveDuplicates();
  }

  @Test
  void refusesWhatItCannotRead() {
    assertThatThrownBy(() -> Contract.command("dance", RawJson.EMPTY_OBJECT))
        .isInstanceOf(GuestException.class)
        .hasMessage("there is no command dance");
    assertThatThrownBy(() -> Contract.command("resize-disk", RawJson.of("{\"bytes\":\"many\"}")))
        .isInstanceOf(GuestException.class)
        .hasMessageStartingWith("resize-disk: ");
  }
}
