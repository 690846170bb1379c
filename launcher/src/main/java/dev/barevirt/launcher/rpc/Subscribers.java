package dev.barevirt.launcher.rpc;

import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherEvent;
import dev.barevirt.launcher.guest.GuestController;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.qmp.wire.RawJson;
import dev.barevirt.qmp.wire.WireEvent;
import dev.barevirt.qmp.wire.WirePeer;
import dev.barevirt.qmp.wire.WireRequest;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The connections that are told what happens to a guest. */
final class Subscribers {
  private final GuestController guest;
  private final Map<WirePeer, Consumer<LauncherEvent>> joined = new ConcurrentHashMap<>();

  Subscribers(GuestController guest) {
    this.guest = guest;
  }

  /** Answers with the present report, which the events follow. */
  void join(WireRequest request) throws InterruptedException {
    WirePeer peer = request.peer();
    Consumer<LauncherEvent> subscriber = event -> peer.send(wire(event));
    if (joined.putIfAbsent(peer, subscriber) != null) {
      throw GuestException.conflict("this connection is subscribed already");
    }
    GuestReport now = guest.subscribe(subscriber);
    request.reply(Contract.json(now));
  }

  void leave(WirePeer peer) {
    Consumer<LauncherEvent> subscriber = joined.remove(peer);
    if (subscriber != null) {
      guest.unsubscribe(subscriber);
    }
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
