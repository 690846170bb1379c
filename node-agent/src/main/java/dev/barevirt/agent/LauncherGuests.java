package dev.barevirt.agent;

import dev.barevirt.agent.launcher.LauncherLink;
import dev.barevirt.agent.launcher.LauncherLinks;
import dev.barevirt.agent.launcher.LinkException;
import dev.barevirt.agent.launcher.LinkListener;
import dev.barevirt.agent.launcher.PodIdentity;
import dev.barevirt.agent.vmi.GuestCallException;
import dev.barevirt.agent.vmi.GuestLink;
import dev.barevirt.agent.vmi.GuestLinks;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.qmp.wire.ByteStream;
import dev.barevirt.qmp.wire.OwnedFd;
import dev.barevirt.qmp.wire.WireLoop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The launchers that are connected, as the reconciler and the streams see them. */
final class LauncherGuests implements GuestLinks, LinkListener, AutoCloseable {
  private final Map<String, LauncherLink> links = new ConcurrentHashMap<>();
  private final Map<String, GuestReport> lastWords = new ConcurrentHashMap<>();
  private final Consumer<String> changed;
  private @Nullable LauncherLinks listening; // from open to close

  /**
   * @param changed told of the pod whose launcher has news
   */
  LauncherGuests(Consumer<String> changed) {
    this.changed = changed;
  }

  /** Begins to accept launchers. */
  void open(WireLoop loop, Path socket, PodIdentity identity) {
    listening = new LauncherLinks(loop, socket, identity, this);
  }

  @Override
  public Optional<GuestLink> of(String podUid) {
    return Optional.ofNullable(links.get(podUid)).map(Linked::new);
  }

  @Override
  public Optional<GuestReport> lastReport(String podUid) {
    LauncherLink link = links.get(podUid);
    return link == null
        ? Optional.ofNullable(lastWords.get(podUid))
        : link.lastReport().or(() -> Optional.ofNullable(lastWords.get(podUid)));
  }

  @Override
  public void forget(String podUid) {
    lastWords.remove(podUid);
  }

  @Override
  public void connected(LauncherLink link) {
    links.put(link.podUid(), link);
    changed.accept(link.podUid());
  }

  @Override
  public void reported(LauncherLink link, GuestReport report) {
    // How a guest is cannot be known once its launcher is silent; how it ended can.
    if (report.phase().isFinal()) {
      lastWords.put(link.podUid(), report);
    }
    changed.accept(link.podUid());
  }

  @Override
  public void disconnected(LauncherLink link) {
    links.remove(link.podUid(), link);
    changed.accept(link.podUid());
  }

  @Override
  public void close() {
    LauncherLinks open = listening;
    if (open != null) {
      open.close();
    }
  }

  private record Linked(LauncherLink link) implements GuestLink {
    @Override
    public String podUid() {
      return link.podUid();
    }

    @Override
    public <R extends Record> R call(LauncherCommand<R> command, Duration deadline)
        throws InterruptedException {
      try {
        return link.call(command, deadline);
      } catch (LinkException e) {
        throw failure(e);
      }
    }

    @Override
    public void passDescriptors(Map<String, OwnedFd> named, Duration deadline)
        throws InterruptedException {
      try {
        link.passDescriptors(named, deadline);
      } catch (LinkException e) {
        throw failure(e);
      }
    }

    @Override
    public ByteStream openStream(LauncherCommand.OpenStream.Stream stream, Duration deadline)
        throws InterruptedException {
      try {
        return link.openStream(stream, deadline);
      } catch (LinkException e) {
        throw failure(e);
      }
    }

    private static GuestCallException failure(LinkException e) {
      return new GuestCallException(e.fault(), String.valueOf(e.getMessage()), e);
    }
  }
}
