package dev.barevirt.launcher.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.machine.Backend;
import dev.barevirt.launcher.machine.Frontend;
import dev.barevirt.launcher.machine.HotplugPlan.Plug;
import dev.barevirt.launcher.machine.PlacedDevice;
import dev.barevirt.launcher.machine.Properties;
import dev.barevirt.launcher.os.Children;
import dev.barevirt.launcher.os.Privileges;
import dev.barevirt.launcher.os.Programs;
import dev.barevirt.launcher.store.MachineDirectory;
import dev.barevirt.qmp.FakeQemu;
import dev.barevirt.qmp.QmpClient;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WireSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluggingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Plug NIC =
      new Plug(
          List.of(),
          List.of(new Backend.Netdev(Properties.of("type", "user").with("id", "net-a"))),
          new PlacedDevice(
              Frontend.pci("virtio-net-pci", "nic-a", Properties.of("netdev", "net-a")),
              Properties.of("bus", "spare-1")));

  @TempDir Path directory;
  private final List<String> told = new CopyOnWriteArrayList<>();

  private void plug(List<String> linksDown, String refused) throws Exception {
    try (FakeQemu fake = FakeQemu.start()) {
      for (String command : List.of("netdev_add", "netdev_del", "set_link", "device_add")) {
        fake.on(
            command,
            call -> {
              told.add(command);
              if (command.equals(refused)) {
                call.refuse("GenericError", "no");
              } else {
                call.reply("{}");
              }
            });
      }
      try (WireLoop loop = WireLoop.start("plug");
          QmpClient client =
              QmpClient.connect(loop, fake.socket(), WireSettings.resident(), PATIENCE)) {
        MachineDirectory machine = new MachineDirectory(directory, directory);
        QemuUser user = new QemuUser(Privileges.current(), Programs.usual());
        SidecarProcesses sidecars =
            new SidecarProcesses(
                Children.ofThisProcess(), user, new RunBook(machine), directory, directory);
        new Plugging(
                new Monitor(client),
                sidecars,
                directory,
                new dev.barevirt.launcher.os.DescriptorShelf())
            .plug(NIC, linksDown, new Undo());
      }
    }
  }

  @Test
  void addsWhatADeviceNeedsBeforeIt() throws Exception {
    plug(List.of(), "");
    assertThat(told).containsExactly("netdev_add", "device_add");
  }

  @Test
  void aLinkIsDownBeforeThereIsADeviceThatCouldUseIt() throws Exception {
    plug(List.of("net-a", "net-b"), "");
    assertThat(told).containsExactly("netdev_add", "set_link", "device_add", "set_link");
  }

  @Test
  void aDeviceThatIsRefusedLeavesNothing() {
    assertThatThrownBy(() -> plug(List.of(), "device_add"))
        .isInstanceOf(GuestException.class)
        .hasMessageContaining("no");
    assertThat(told).containsExactly("netdev_add", "device_add", "netdev_del");
  }
}
