package dev.barevirt.launcher.pod;

import dev.barevirt.api.launcher.GivenDhcp;
import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.api.launcher.GivenTap;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.launcher.dhcp.DhcpLease;
import dev.barevirt.launcher.dhcp.DhcpServer;
import dev.barevirt.launcher.guest.GuestController;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.os.DescriptorShelf;
import dev.barevirt.launcher.rpc.GuestAttendant;
import dev.barevirt.qmp.wire.ByteStream;
import dev.barevirt.qmp.wire.OwnedFd;
import dev.barevirt.qmp.wire.UnixSockets;
import dev.barevirt.qmp.wire.WireLoop;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a guest's DHCP, and prints its serial console where that was asked for. */
final class PodAttendant implements GuestAttendant, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PodAttendant.class);
  private static final int PIECE = 8192;

  private final WireLoop loop;
  private final GuestController guest;
  private final DescriptorShelf shelf;
  private final PrintStream out;
  private final Map<String, DhcpServer> servers = new ConcurrentHashMap<>();
  private final AtomicBoolean printing = new AtomicBoolean();

  PodAttendant(WireLoop loop, GuestController guest, DescriptorShelf shelf, PrintStream out) {
    this.loop = loop;
    this.guest = guest;
    this.shelf = shelf;
    this.out = out;
  }

  @Override
  public GuestRequest resolve(GuestRequest request) {
    return PodPaths.resolve(request);
  }

  /** DHCP is answered before a guest can ask. */
  @Override
  public void before(GuestRequest request) {
    for (GivenNetwork network : request.networks()) {
      GivenTap tap = network.given();
      if (tap != null && tap.dhcp() != null) {
        answer(network.network(), tap, tap.dhcp());
      }
    }
  }

  private void answer(String network, GivenTap tap, GivenDhcp told) {
    DhcpLease lease;
    try {
      lease = DhcpLease.of(tap.mac() == null ? "" : tap.mac(), told, tap.mtu());
    } catch (IllegalArgumentException wrong) {
      throw new GuestException(
          LauncherFault.BAD_REQUEST,
          "network " + network + ": what the guest is to be told is wrong: " + wrong.getMessage());
    }
    shelf
        .take(told.descriptor())
        .ifPresent(
            socket -> {
              DhcpServer before = servers.put(network, DhcpServer.start(socket, lease));
              if (before != null) {
                before.close();
              }
            });
    if (!servers.containsKey(network)) {
      throw new GuestException(
          LauncherFault.BAD_REQUEST,
          "network " + network + ": no descriptor " + told.descriptor() + " was handed over");
    }
  }

  @Override
  public void after(GuestRequest request) {
    if (request.options().logSerialConsole() && printing.compareAndSet(false, true)) {
      Thread.ofVirtual().name("serial-printer").start(this::print);
    }
  }

  /** Joins the console as one more viewer, who is slow at the guest's cost of nothing. */
  private void print() {
    UnixSockets.Pair pair = UnixSockets.pair();
    OwnedFd shown = pair.there();
    try (ByteStream mine = ByteStream.over(loop, pair.here())) {
      ByteStream viewer = ByteStream.over(loop, shown);
      guest
          .operations("print the console")
          .streams()
          .console()
          .ifPresentOrElse(console -> console.join(viewer, true, true), viewer::close);
      copy(mine);
    } catch (GuestException gone) {
      LOG.info("the console is not printed: {}", gone.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void copy(ByteStream from) throws InterruptedException {
    SerialPrinter printer = new SerialPrinter(out, Instant::now);
    byte[] piece = new byte[PIECE];
    for (int length = from.read(piece); length >= 0; length = from.read(piece)) {
      printer.take(piece, length);
    }
    printer.finish();
  }

  @Override
  public void close() {
    servers.values().forEach(DhcpServer::close);
  }
}
