package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.disk.QemuImg;
import dev.barevirt.launcher.disk.VolumePreparer;
import dev.barevirt.launcher.guest.MachineStarter;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.MachineBuilder;
import dev.barevirt.launcher.os.Children;
import dev.barevirt.launcher.os.DescriptorShelf;
import dev.barevirt.launcher.os.Privileges;
import dev.barevirt.launcher.os.Programs;
import dev.barevirt.launcher.store.MachineDirectory;
import dev.barevirt.qmp.wire.WireLoop;
import java.util.List;

/** Puts a starter together. */
public final class QemuStarters {
  private QemuStarters() {}

  /**
   * A starter of the one guest whose directories are given.
   *
   * @param host what this host can do
   * @param mappers what a machine is made by
   * @param given what somebody opens for the launcher
   */
  public static MachineStarter of(
      WireLoop loop,
      MachineDirectory machine,
      Programs programs,
      Children children,
      HostFactsSource host,
      List<DeviceMapper> mappers,
      DescriptorShelf given) {
    MachineDirectories directories = new MachineDirectories(machine);
    QemuImg qemuImg = new QemuImg(new ReapedProgramRunner(programs, children), "qemu-img");
    VolumePreparer volumes = new VolumePreparer(qemuImg, machine.disks());
    MachinePlanner planner =
        new MachinePlanner(host, volumes, new MachineBuilder(mappers), directories);
    QemuUser user = new QemuUser(Privileges.current(), programs);
    RunBook book = new RunBook(machine);
    SidecarProcesses sidecars =
        new SidecarProcesses(children, user, book, machine.runtime(), machine.state());
    return new QemuStarter(
        planner,
        new MachineConnector(loop, directories, planner, sidecars, book, qemuImg, given),
        new QemuSpawner(children, user, book, machine.runtime(), given),
        sidecars,
        book,
        directories);
  }
}
