package dev.barevirt.launcher.qemu;

import dev.barevirt.api.v1.device.Interface;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.machine.Backend;
import dev.barevirt.launcher.machine.Dialect;
import dev.barevirt.launcher.machine.HostResource;
import dev.barevirt.launcher.machine.HotplugPlan.Plug;
import dev.barevirt.launcher.machine.MonitorCommand;
import dev.barevirt.launcher.os.DescriptorShelf;
import dev.barevirt.qmp.command.AddFd;
import dev.barevirt.qmp.command.CloseFd;
import dev.barevirt.qmp.command.GetFd;
import dev.barevirt.qmp.command.QueryFdsets;
import dev.barevirt.qmp.command.RemoveFd;
import dev.barevirt.qmp.wire.OwnedFd;
import dev.barevirt.qmp.wire.RawJson;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts devices into a running QEMU, and clears away what stood behind those that are gone. */
final class Plugging {
  private static final Logger LOG = LoggerFactory.getLogger(Plugging.class);

  private final Monitor monitor;
  private final LinkStates links;
  private final SidecarProcesses sidecars;
  private final Path runtime;
  private final DescriptorShelf given;

  Plugging(Monitor monitor, SidecarProcesses sidecars, Path runtime, DescriptorShelf given) {
    this.monitor = monitor;
    this.links = new LinkStates(monitor);
    this.sidecars = sidecars;
    this.runtime = runtime;
    this.given = given;
  }

  /**
   * Plugs one device; when a step fails, those before it are undone.
   *
   * @param linksDown the host sides of links that are to be down from the beginning
   * @param machine what is undone when the machine ends
   */
  void plug(Plug plug, List<String> linksDown, Undo machine) throws InterruptedException {
    String what = "plug " + plug.device().id();
    Undo beside = new Undo();
    Undo undo = new Undo();
    try (HostDescriptors descriptors =
        HostDescriptors.open(plug.resources(), runtime, given, beside)) {
      sidecars.start(plug.sidecars(), beside);
      Dialect dialect = handOver(what, plug, descriptors, undo);
      for (Backend backend : plug.backends()) {
        run(what, MonitorCommand.add(backend, dialect));
        undo.push("remove " + backend.id(), () -> quietly(MonitorCommand.remove(backend)));
      }
      List<String> down =
          plug.backends().stream().map(Backend::id).filter(linksDown::contains).toList();
      links.takeDown(down); // nothing passes before the guest is told
      run(what, MonitorCommand.plug(plug.device(), dialect));
      links.takeDown(down); // now with the device
    } catch (InterruptedException | RuntimeException failed) {
      undo.run();
      beside.run();
      throw failed;
    }
    machine.push("end what stands beside " + plug.device().id(), beside::run);
  }

  /** Takes links up and down where the interfaces say something else than before. */
  void setLinks(List<Interface> before, List<Interface> now) throws InterruptedException {
    links.follow(before, now);
  }

  /** Removes backends that nothing uses any more, with the descriptors they had. */
  void clear(List<Backend> backends) throws InterruptedException {
    for (Backend backend : backends) {
      run("remove " + backend.id(), MonitorCommand.remove(backend));
    }
    List<String> names =
        backends.stream()
            .flatMap(backend -> backend.properties().resources().stream())
            .map(HostResource::name)
            .toList();
    for (QueryFdsets.Fdset set : monitor.ask("look at descriptors", new QueryFdsets())) {
      if (set.fds().stream().anyMatch(member -> names.contains(member.opaque()))) {
        monitor.ask("close descriptors", new RemoveFd(set.fdsetId(), null));
      }
    }
  }

  private Dialect handOver(String what, Plug plug, HostDescriptors descriptors, Undo undo)
      throws InterruptedException {
    Map<String, Integer> sets = new HashMap<>();
    for (HostResource resource : plug.resources()) {
      List<OwnedFd> fds = descriptors.of(resource);
      if (resource instanceof HostResource.FdSet set) {
        sets.put(set.name(), add(what, set.name(), fds, undo));
        continue;
      }
      List<String> names = Dialect.Monitor.names(resource);
      for (int i = 0; i < fds.size(); i++) {
        String name = names.get(i);
        monitor.ask(what, new GetFd(name, fds.get(i).duplicate()));
        undo.push("close " + name, () -> quietlyClose(name));
      }
    }
    return new Dialect.Monitor(sets);
  }

  private int add(String what, String name, List<OwnedFd> fds, Undo undo)
      throws InterruptedException {
    Long set = null;
    for (OwnedFd fd : fds) {
      set = (long) monitor.ask(what, new AddFd(set, name, fd.duplicate())).fdsetId();
    }
    if (set == null) {
      throw GuestException.failed("cannot " + what + ": " + name + " has no descriptors");
    }
    long made = set;
    undo.push("close descriptors of " + name, () -> quietlyRemove(made));
    return set.intValue();
  }

  private void run(String what, MonitorCommand command) throws InterruptedException {
    monitor.raw(what, command.name(), RawJson.of(command.argumentsJson()));
  }

  private void quietly(MonitorCommand command) {
    try {
      run("undo with " + command.name(), command);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A descriptor that a backend has taken goes with the backend, and QEMU knows no such name. */
  private void quietlyClose(String name) {
    try {
      monitor.ask("close a descriptor", new CloseFd(name));
    } catch (GuestException taken) {
      LOG.debug("{}", taken.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void quietlyRemove(long set) {
    try {
      monitor.ask("close descriptors", new RemoveFd(set, null));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
