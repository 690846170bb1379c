package dev.barevirt.launcher.rpc;

import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.launcher.guest.GuestController;
import dev.barevirt.qmp.wire.PeerCredentials;
import dev.barevirt.qmp.wire.WirePeer;
import dev.barevirt.qmp.wire.WireRequest;
import dev.barevirt.qmp.wire.WireService;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the contract to the launcher's user and to root, and to nobody else. Who started a guest
 * that is not detached holds it: when their connection ends, the guest is asked to shut down.
 */
public final class LauncherServer implements WireService {
  private static final Logger LOG = LoggerFactory.getLogger(LauncherServer.class);
  private static final Duration HELD_GRACE = Duration.ofSeconds(30);

  private final Answers answers = new Answers();
  private final GuestController guest;
  private final CommandRunner runner;
  private final StreamOpener streams;
  private final int user;
  private final Subscribers subscribers;
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
    this.subscribers = new Subscribers(guest);
  }

  @Override
  public boolean admits(PeerCredentials peer) {
    return peer.uid() == user || peer.uid() == 0;
  }

  @Override
  public void serve(WireRequest request) throws InterruptedException {
    answers.give(request, this::answer);
  }

  /** Waits until everybody who asked something has been answered, but not for ever. */
  public void awaitAnswered(Duration limit) throws InterruptedException {
    answers.awaitGiven(limit);
  }

  @Override
  public void closed(WirePeer peer) {
    subscribers.leave(peer);
    if (holders.remove(peer) != null && guest.report().phase().isAlive()) {
      LOG.info("who held the guest has gone: shutting it down");
      guest.shutdown(HELD_GRACE);
    }
  }

  private void answer(WireRequest request, LauncherCommand<?> command) throws InterruptedException {
    switch (command) {
      case LauncherCommand.Subscribe _ -> subscribers.join(request);
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
}
