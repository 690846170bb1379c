package dev.barevirt.launcher.qemu;

import dev.barevirt.api.launcher.DeviceReport;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherCommand.DiskSnapshot;
import dev.barevirt.api.launcher.QemuReport;
import dev.barevirt.launcher.guest.GuestConversation;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.guest.MachineFacts;
import dev.barevirt.launcher.guest.MachineOperations;
import dev.barevirt.launcher.guest.MachineStreams;
import dev.barevirt.launcher.guest.QemuExit;
import dev.barevirt.qmp.agent.ShutdownMode;
import dev.barevirt.qmp.command.Cont;
import dev.barevirt.qmp.command.InjectNmi;
import dev.barevirt.qmp.command.InputSendEvent;
import dev.barevirt.qmp.command.SendKey;
import dev.barevirt.qmp.command.Stop;
import dev.barevirt.qmp.command.SystemReset;
import dev.barevirt.qmp.event.QmpEvent;
import dev.barevirt.qmp.event.VserportChange;
import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.RawJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be done with a QEMU that runs. */
final class QemuOperations implements MachineOperations, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QemuOperations.class);
  private static final List<String> REBOOT_KEYS = List.of("ctrl", "alt", "delete");
  private static final List<Long> STEP_AND_BACK = List.of(1L, -1L);

  private final Monitor monitor;
  private final QemuReport qemu;
  private final QemuStreams streams;
  private final Pictures pictures;
  private final Drives drives;
  private final SavedState savedState;
  private final Snapshots snapshots;
  private final Replugging replugging;
  private final AgentLink agent;
  private final HealthWatch health;
  private final CredentialKeeper credentials;

  QemuOperations(
      Monitor monitor,
      QemuReport qemu,
      QemuStreams streams,
      Snapshots snapshots,
      Replugging replugging,
      Watches watches) {
    this.monitor = monitor;
    this.qemu = qemu;
    this.streams = streams;
    this.pictures = new Pictures(monitor);
    this.drives = new Drives(monitor);
    this.savedState = new SavedState(monitor);
    this.snapshots = snapshots;
    this.replugging = replugging;
    this.agent = watches.agent();
    this.health = watches.health();
    this.credentials = watches.credentials();
  }

  /**
   * What keeps an eye on the machine.
   *
   * @param agent on the guest's agent
   * @param health on QEMU
   * @param credentials on the keys and passwords of the guest's users
   */
  record Watches(AgentLink agent, HealthWatch health, CredentialKeeper credentials) {}

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
    if (agent.isUp()) {
      agent.shutdown(ShutdownMode.REBOOT);
      return;
    }
    List<SendKey.Key> keys =
        REBOOT_KEYS.stream().map(name -> new SendKey.Key("qcode", Json.of(name))).toList();
    monitor.ask("press ctrl-alt-delete", new SendKey(keys, null));
  }

  @Override
  public void injectNmi() throws InterruptedException {
    monitor.ask("interrupt the guest", new InjectNmi());
  }

  @Override
  public void screenshot(Path file) throws InterruptedException {
    pictures.screenshot(file);
  }

  @Override
  public void moveCursor() throws InterruptedException {
    for (long step : STEP_AND_BACK) {
      Json move = Json.object().with("axis", "x").with("value", step).build();
      monitor.ask(
          "move the pointer",
          new InputSendEvent(null, null, List.of(new InputSendEvent.Event("rel", move))));
    }
  }

  @Override
  public void dumpMemory(Path file) throws InterruptedException {
    pictures.dumpMemory(file);
  }

  @Override
  public void resizeDisk(String disk, long bytes) throws InterruptedException {
    drives.resize(disk, bytes);
  }

  @Override
  public void setLink(String networkInterface, boolean up) throws InterruptedException {
    boolean known =
        replugging.devices().stream()
            .anyMatch(
                one ->
                    one.kind() == DeviceReport.Kind.INTERFACE
                        && one.name().equals(networkInterface));
    if (!known) {
      throw GuestException.notFound("the guest has no interface " + networkInterface);
    }
    new LinkStates(monitor).set(networkInterface, up);
  }

  @Override
  public void replug(GuestRequest request) throws InterruptedException {
    replugging.replug(request);
  }

  @Override
  public List<DiskSnapshot> snapshotDisks(List<String> disks, boolean quiesce)
      throws InterruptedException {
    if (!quiesce) {
      return snapshots.take(replugging.model(), disks);
    }
    agent.freeze();
    try {
      return snapshots.take(replugging.model(), disks);
    } finally {
      agent.thaw();
    }
  }

  @Override
  public void save(Path file) throws InterruptedException {
    savedState.save(file);
  }

  /** Fills a QEMU that was started to wait for it. */
  void restore(Path file) throws InterruptedException {
    savedState.restore(file);
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
    return agent;
  }

  /** Asks the guest's agent, if one listens, to shut the guest down. */
  void askAgentToShutDown() throws InterruptedException {
    if (agent.isUp()) {
      agent.shutdown(ShutdownMode.POWERDOWN);
    }
  }

  /** Greets an agent that may listen already in a guest that ran before this launcher did. */
  void greetAgent() throws InterruptedException {
    if (agent.isUp()) {
      LOG.info("an agent listens in the guest");
    }
  }

  /** Takes note of what an event says about the agent. */
  void agentEvent(QmpEvent event) {
    if (event instanceof VserportChange(String port, boolean open) && port.equals(AgentLink.PORT)) {
      agent.changed(open);
    }
  }

  /** QEMU says that a device is gone. */
  void deviceGone(String deviceId) {
    replugging.gone(deviceId);
  }

  /** The ids of devices that the guest has not let go of yet. */
  List<String> leaving() {
    return replugging.leaving().stream().map(DeviceReport::id).toList();
  }

  /** The guest refuses to let go of a device. */
  void unplugRefused(String deviceId) {
    replugging.refused(deviceId);
  }

  /** What is known about the machine now. */
  MachineFacts facts(@Nullable QemuExit exit) {
    List<String> warnings = new ArrayList<>(replugging.pending());
    health.warning().ifPresent(warnings::add);
    Optional.ofNullable(qemu.acceleratorReason())
        .map(why -> "the guest is emulated, which is slow: " + why)
        .ifPresent(warnings::addFirst);
    QemuReport now =
        exit == null
            ? qemu
            : new QemuReport(
                qemu.pid(),
                qemu.startTicks(),
                qemu.version(),
                qemu.accelerator(),
                qemu.acceleratorReason(),
                qemu.machineType(),
                exit.status(),
                exit.signal());
    return new MachineFacts(
        now,
        replugging.model().plan().placements(),
        Stream.concat(replugging.devices().stream(), replugging.leaving().stream()).toList(),
        agent.last(),
        credentials.report(),
        warnings);
  }

  @Override
  public void close() {
    credentials.close();
    agent.close();
    streams.close();
  }
}
