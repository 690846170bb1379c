package dev.barevirt.launcher.qemu;

import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherCommand.DiskSnapshot;
import dev.barevirt.launcher.guest.GuestConversation;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.guest.MachineOperations;
import dev.barevirt.launcher.guest.MachineStreams;
import dev.barevirt.qmp.command.Cont;
import dev.barevirt.qmp.command.InjectNmi;
import dev.barevirt.qmp.command.Stop;
import dev.barevirt.qmp.command.SystemReset;
import dev.barevirt.qmp.wire.RawJson;
import java.nio.file.Path;
import java.util.List;

/** What can be done with a QEMU that runs. */
final class QemuOperations implements MachineOperations {
  private final Monitor monitor;
  private final QemuStreams streams;

  QemuOperations(Monitor monitor, QemuStreams streams) {
    this.monitor = monitor;
    this.streams = streams;
  }

  @Override
  public void pause() throws InterruptedException {
    monitor.ask("pause the guest", new Stop());
  }

  @Override
  public void resume() throws InterruptedException {
    monitor.ask("resume the guest", new Cont());
  }

  @Override
  public void reset() throws InterruptedException {
    monitor.ask("reset the guest", new SystemReset());
  }

  @Override
  public void softReboot() throws InterruptedException {
    throw GuestException.unsupported("not yet");
  }

  @Override
  public void injectNmi() throws InterruptedException {
    monitor.ask("interrupt the guest", new InjectNmi());
  }

  @Override
  public void screenshot(Path file) throws InterruptedException {
    throw GuestException.unsupported("not yet");
  }

  @Override
  public void dumpMemory(Path file) throws InterruptedException {
    throw GuestException.unsupported("not yet");
  }

  @Override
  public void resizeDisk(String disk, long bytes) throws InterruptedException {
    throw GuestException.unsupported("not yet");
  }

  @Override
  public void setLink(String networkInterface, boolean up) throws InterruptedException {
    throw GuestException.unsupported("not yet");
  }

  @Override
  public void replug(GuestRequest request) throws InterruptedException {
    throw GuestException.unsupported("not yet");
  }

  @Override
  public List<DiskSnapshot> snapshotDisks(List<String> disks, boolean quiesce)
      throws InterruptedException {
    throw GuestException.unsupported("not yet");
  }

  @Override
  public void save(Path file) throws InterruptedException {
    throw GuestException.unsupported("not yet");
  }

  @Override
  public String qmp(String command, String arguments) throws InterruptedException {
    return monitor.raw("run " + command, command, RawJson.of(arguments)).toString();
  }

  @Override
  public MachineStreams streams() {
    return streams;
  }

  @Override
  public GuestConversation agent() {
    throw GuestException.unsupported("not yet");
  }
}
