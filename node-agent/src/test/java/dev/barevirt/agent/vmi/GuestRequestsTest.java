package dev.barevirt.agent.vmi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.barevirt.api.launcher.GivenKernel;
import dev.barevirt.api.launcher.GivenVolume;
import dev.barevirt.api.launcher.GuestRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuestRequestsTest {
  private static GuestRequest withVolume(String volume) {
    return GuestRequests.of(
        Facts.read("{\"metadata\":{\"name\":\"a\"},\"spec\":{\"volumes\":[" + volume + "]}}"),
        List.of());
  }

  private static String path(String volume) {
    return withVolume(volume).volumes().getFirst().path();
  }

  @Test
  void saysWhereAContainerDiskIs() {
    assertThat(path("{\"name\":\"r\",\"containerDisk\":{\"image\":\"i\"}}"))
        .isEqualTo("/var/run/kubevirt/container-disks/r");
    assertThat(path("{\"name\":\"r\",\"containerDisk\":{\"image\":\"i\",\"path\":\"/d/x.img\"}}"))
        .isEqualTo("/var/run/kubevirt/container-disks/r");
  }

  @Test
  void saysWhereTheKernelIs() {
    assertThat(GuestRequests.of(Facts.vmi("Scheduled"), List.of()).kernel())
        .isEqualTo(
            new GivenKernel(
                "/boot/vmlinuz",
                "/boot/initrd.gz",
                "/var/run/kubevirt/container-disks/kernel-boot"));
  }

  @Test
  void saysWhereSecretsOfCloudInitAre() {
    GuestRequest request =
        withVolume(
            "{\"name\":\"c\",\"cloudInitNoCloud\":{\"secretRef\":{\"name\":\"s\"},"
                + "\"networkDataSecretRef\":{\"name\":\"n\"}}}");

    assertThat(request.volumes())
        .extracting(GivenVolume::name, GivenVolume::path)
        .containsExactly(
            tuple("c", "/var/run/kubevirt-private/cloud-init/c"),
            tuple("c.networkdata", "/var/run/kubevirt-private/cloud-init-network/c"));
  }

  @Test
  void emptyDisksAndInlineDataNeedNoPlace() {
    assertThat(withVolume("{\"name\":\"e\",\"emptyDisk\":{\"capacity\":\"1Gi\"}}").volumes())
        .isEmpty();
    assertThat(withVolume("{\"name\":\"c\",\"cloudInitNoCloud\":{\"userData\":\"x\"}}").volumes())
        .isEmpty();
  }

  @Test
  void refusesVolumesThatAreNotBuiltByName() {
    assertThatThrownBy(
            () -> withVolume("{\"name\":\"p\",\"persistentVolumeClaim\":{\"claimName\":\"c\"}}"))
        .isInstanceOf(GuestCallException.class)
        .hasMessageContaining("spec.volumes[0]");
  }

  @Test
  void serialLinesAreLoggedUnlessTheManifestSaysNo() {
    assertThat(GuestRequests.of(Facts.vmi("Scheduled"), List.of()).options().logSerialConsole())
        .isTrue();
    assertThat(
            GuestRequests.of(
                    Facts.read(
                        "{\"spec\":{\"domain\":{\"devices\":{\"logSerialConsole\":false}}}}"),
                    List.of())
                .options()
                .logSerialConsole())
        .isFalse();
  }

  @Test
  void theStatusStaysBehind() {
    assertThat(GuestRequests.of(Facts.vmi("Scheduled"), List.of()).vmi().status()).isNull();
  }
}
