package dev.barevirt.launcher.qemu;

import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.launcher.disk.ChildProcessRunner;
import dev.barevirt.launcher.disk.QemuImg;
import dev.barevirt.launcher.disk.VolumePreparer;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.MachineBuilder;
import dev.barevirt.launcher.machine.MachinePlan;
import dev.barevirt.launcher.store.MachineDirectory;
import java.util.List;

/** Plans a machine as a start would, for those who want to see its command line and not run it. */
public final class MachinePreview {
  private MachinePreview() {}

  /**
   * The plan of a request. Overlays and media it needs are made in the machine's directory.
   *
   * @param host what this host can do
   * @param mappers what a machine is made by
   */
  public static MachinePlan plan(
      MachineDirectory machine,
      HostFactsSource host,
      List<DeviceMapper> mappers,
      GuestRequest request)
      throws InterruptedException {
    QemuImg qemuImg = new QemuImg(new ChildProcessRunner(), "qemu-img");
    VolumePreparer volumes = new VolumePreparer(qemuImg, machine.disks());
    var builder = new MachineBuilder(mappers);
    var directories = new MachineDirectories(machine);
    return new MachinePlanner(host, volumes, builder, directories).plan(request).model().plan();
  }
}
