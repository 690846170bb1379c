package dev.barevirt.launcher.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KvmProbeTest {
  @Test
  void withoutADeviceThereIsNoKvm(@TempDir Path directory) {
    Path absent = directory.resolve("kvm");

    assertThat(KvmProbe.of(absent).probe())
        .isEqualTo(
            new KvmProbe.Verdict.Unusable(
                absent + " is not there: this kernel has no KVM, or hides it"));
  }

  @Test
  void aDeviceThatIsNoKvmIsToldSo() {
    assertThat(KvmProbe.of(Path.of("/dev/null")).probe())
        .isInstanceOfSatisfying(
            KvmProbe.Verdict.Unusable.class,
            verdict ->
                assertThat(verdict.reason())
                    .startsWith("KVM does not run a guest here: cannot ask KVM for its version"));
  }
}
