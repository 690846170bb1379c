package dev.barevirt.launcher.rpc;

import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.api.launcher.LauncherEvent;
import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.launcher.guest.GuestController;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.qmp.wire.PeerCredentials;
import dev.barevirt.qmp.wire.RawJson;
import dev.barevirt.qmp.wire.WireEvent;
import dev.barevirt.qmp.wire.WireException;
import dev.barevirt.qmp.wire.WirePeer;
import dev.barevirt.qmp.wire.WireRequest;
import dev.barevirt.qmp.wire.WireService;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the contract to the launcher's user and to root, and to nobody else. Who started a guest
 * that is not detached holds it: when their connection ends, the guest is asked to shut down.
 */
public final class LauncherServer implements WireService {
  private static final Logger LOG = LoggerFactory.getLogger(LauncherServer.class);
  private static final Duration HELD_GRACE = Duration.ofSeconds(30);

  private static final int MOST = 1 << 16;

  private final Semaphore unanswered = new Semaphore(MOST);
  private final GuestController guest;
  private final CommandRunner runner;
  private final StreamOpener streams;
  private final int user;
  private final Map<WirePeer, Consumer<LauncherEvent>> subscribers = new ConcurrentHashMap<>();
  private final Map<WirePeer, Boolean> holders = new ConcurrentHashMap<>();

  /**
   * A server of one guest.
   *
   * @param user the only user, besides root, who is served
   */
  public LauncherServer(
      GuestController guest, CommandRunner runner, StreamOpener streams, int user) {
    this.guest = guest;
    this.runner = runner;
    this.streams = streams;
    this.user = user;
  }

  @Override
  public boolean admits(PeerCredentials peer) {
    return peer.uid() == user || peer.uid() == 0;
  }

  @Override
  public void serve(WireRequest request) throws InterruptedException {
    unanswered.acquire();
    try {
      LauncherCommand<?> command = Contract.command(request.name(), request.arguments());
      answer(request, command);
    } catch (GuestException refused) {
      request.fail(refused.fault().name(), String.valueOf(refused.getMessage()));
    } catch (WireException.Refused refused) {
      request.fail(LauncherFault.FAILED.name(), String.valueOf(refused.getMessage()));
    } catch (WireException.TimedOut late) {
      request.fail(LauncherFault.TIMED_OUT.name(), String.valueOf(late.getMessage()));
    } catch (WireException.Unreachable | WireException.Overflow trouble) {
      request.fail(LauncherFault.FAILED.name(), String.valueOf(trouble.getMessage()));
    } finally {
      unanswered.release();
    }
  }

  /** Waits until everybody who asked something has been answered, but not for ever. */
  public void awaitAnswered(Duration limit) throws InterruptedException {
    boolean _ = unanswered.tryAcquire(MOST, limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void closed(WirePeer peer) {
    Consumer<LauncherEvent> subscriber = subscribers.remove(peer);
    if (subscriber != null) {
      guest.unsubscribe(subscriber);
    }
    if (holders.remove(peer) != null && guest.report().phase().isAlive()) {
      LOG.info("who held the guest has gone: shutting it down");
      guest.shutdown(HELD_GRACE);
    }
  }

  private void answer(WireRequest request, LauncherCommand<?> command) throws InterruptedException {
    switch (command) {
      case LauncherCommand.Subscribe _ -> subscribe(request);
      case LauncherCommand.OpenStream open -> streams.open(request, open);
      case LauncherCommand.Sync sync -> {
        hold(request.peer(), sync.request().options().detached());
        request.reply(Contract.json(runner.run(sync)));
      }
      case LauncherCommand.Restore restore -> {
        hold(request.peer(), restore.request().options().detached());
        request.reply(Contract.json(runner.run(restore)));
      }
      case LauncherCommand<?> other -> request.reply(Contract.json(runner.run(other)));
    }
  }

  private void hold(WirePeer peer, boolean detached) {
    if (!detached && !guest.report().phase().isAlive()) {
      holders.put(peer, true);
    }
  }

  private void subscribe(WireRequest request) throws InterruptedException {
    WirePeer peer = request.peer();
    Consumer<LauncherEvent> subscriber = event -> peer.send(wire(event));
    if (subscribers.putIfAbsent(peer, subscriber) != null) {
      throw GuestException.conflict("this connection is subscribed already");
    }
    GuestReport now = guest.subscribe(subscriber);
    request.reply(Contract.json(now));
  }

  private static WireEvent wire(LauncherEvent event) {
    RawJson data =
        switch (event) {
          case LauncherEvent.ReportChanged changed -> Contract.json(changed);
          case LauncherEvent.Happened happened -> Contract.json(happened);
        };
    return WireEvent.of(event.wireName(), data, Instant.now());
  }
}
