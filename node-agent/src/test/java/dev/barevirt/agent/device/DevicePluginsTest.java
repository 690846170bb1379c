package dev.barevirt.agent.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevicePluginsTest {
  @TempDir private Path directory;

  private DevicePlugins plugins(boolean kvm) throws IOException {
    Path devices = Files.createDirectories(directory.resolve("dev/net"));
    Files.createFile(devices.resolve("tun"));
    return DevicePlugins.ofNode(
        directory, Path.of("/var/run/kubevirt/link"), directory.resolve("dev"), kvm);
  }

  @Test
  void offersTheLinkAndTheDevicesThatAreThere() throws Exception {
    try (FakeKubelet kubelet = FakeKubelet.start(directory);
        DevicePlugins plugins = plugins(false)) {
      plugins.start();
      await().until(plugins::areRegistered);

      assertThat(kubelet.resources())
          .containsExactly("devices.kubevirt.io/launcher-link", "devices.kubevirt.io/tun");
    }
  }

  @Test
  void offersKvmOnlyWhereItRunsGuests() throws Exception {
    try (FakeKubelet kubelet = FakeKubelet.start(directory);
        DevicePlugins plugins = plugins(true)) {
      plugins.start();
      await().until(plugins::areRegistered);

      assertThat(kubelet.resources()).contains("devices.kubevirt.io/kvm");
    }
  }

  @Test
  void aThousandLaunchersGetTheDirectoryWithTheSocket() throws Exception {
    try (FakeKubelet kubelet = FakeKubelet.start(directory);
        DevicePlugins plugins = plugins(false)) {
      plugins.start();
      await().until(plugins::areRegistered);

      assertThat(kubelet.devices("kubevirt-launcher-link.sock"))
          .hasSize(1000)
          .doesNotHaveDuplicates();
      assertThat(kubelet.allocate("kubevirt-launcher-link.sock", 2))
          .containsExactly(
              DeviceGrant.ofMount("/var/run/barevirt-agent", "/var/run/kubevirt/link"),
              DeviceGrant.ofMount("/var/run/barevirt-agent", "/var/run/kubevirt/link"));
      assertThat(kubelet.allocate("kubevirt-tun.sock", 1))
          .isEqualTo(List.of(DeviceGrant.ofNode("/dev/net/tun")));
    }
  }

  @Test
  void registersAgainWithAKubeletThatWasRestarted() throws Exception {
    try (DevicePlugins plugins = plugins(false)) {
      try (FakeKubelet first = FakeKubelet.start(directory)) {
        plugins.start();
        await().until(() -> first.resources().size() == 2);
      }
      Files.delete(directory.resolve("kubevirt-tun.sock"));
      try (FakeKubelet second = FakeKubelet.start(directory)) {
        await().until(() -> second.resources().size() == 2);
        assertThat(second.devices("kubevirt-tun.sock")).hasSize(1000);
      }
    }
  }
}
