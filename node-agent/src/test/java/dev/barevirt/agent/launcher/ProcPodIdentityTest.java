package dev.barevirt.agent.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcPodIdentityTest {
  private static final String UID = "0d4b7a3e-2c11-4f7a-9a60-5f3b1c2d4e5f";

  @TempDir private Path proc = Path.of("");

  @Test
  void readsTheGroupsOfTheProcess() throws IOException {
    process("self", "0::/kubepods/besteffort/pod99999999-2c11-4f7a-9a60-5f3b1c2d4e5f/a\n");
    process("42", "0::/kubepods/burstable/pod" + UID + "/c\n");

    assertThat(ProcPodIdentity.of(proc).podUidOf(42)).contains(UID);
  }

  @Test
  void aProcessThatIsGoneIsNobody() {
    assertThat(ProcPodIdentity.of(proc).podUidOf(43)).isEmpty();
  }

  @Test
  void endlessGroupsAreNotRead() throws IOException {
    process("44", "0::/kubepods/pod" + UID + "/c\n" + "1:x:/y\n".repeat(20_000));

    assertThat(ProcPodIdentity.of(proc).podUidOf(44)).isEmpty();
  }

  @Test
  void thisTestIsInNoPodOrInOneOfItsNode() {
    ProcPodIdentity here = ProcPodIdentity.of(Path.of("/proc"));

    assertThat(here.podUidOf(Integer.MAX_VALUE)).isEmpty();
  }

  private void process(String name, String cgroups) throws IOException {
    Files.createDirectories(proc.resolve(name));
    Files.writeString(proc.resolve(name).resolve("cgroup"), cgroups);
  }
}
