package dev.barevirt.qmp.bench;

import dev.barevirt.qmp.EventSubscription;
import dev.barevirt.qmp.QmpClient;
import dev.barevirt.qmp.command.Cont;
import dev.barevirt.qmp.command.QueryStatus;
import dev.barevirt.qmp.command.Stop;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WireSettings;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/**
 * Round trips and events a second of the client beside those of a blocking socket loop, on one real
 * QEMU without a machine, in turns so that both see the same weather. Both send the same bytes, for
 * QEMU reads its monitor byte by byte and that is most of a round trip. Takes some ten seconds.
 */
public final class QmpBench {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int ROUNDS = 10;
  private static final int WARM_UP = 20;
  private static final int CALLS = 400;
  private static final double GOAL = 1.2;

  private QmpBench() {}

  /** Runs it, and prints two lines. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory(Path.of("/tmp"), "bv");
    Process qemu = start(directory);
    try (WireLoop loop = WireLoop.start("bench");
        QmpClient client =
            QmpClient.connect(loop, directory.resolve("m0"), WireSettings.resident(), PATIENCE);
        RawMonitor raw = new RawMonitor(directory.resolve("m1"))) {
      roundTrips(client, raw);
      events(client, raw);
    } finally {
      qemu.destroyForcibly().onExit().join();
      for (String name : List.of("m0", "m1")) {
        Files.deleteIfExists(directory.resolve(name));
      }
      Files.delete(directory);
    }
  }

  private static void roundTrips(QmpClient client, RawMonitor raw) throws Exception {
    double[] ours = new double[ROUNDS];
    double[] plain = new double[ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        raw.call("{\"execute\":\"query-status\",\"id\":100002}\n");
      }
      long middle = System.nanoTime();
      Thread.ofVirtual().start(() -> ask(client)).join();
      long end = System.nanoTime();
      if (round >= 0) {
        plain[round] = (middle - start) / 1000.0 / CALLS;
        ours[round] = (end - middle) / 1000.0 / CALLS;
      }
    }
    double ratio = median(ours) / median(plain);
    print("query-status round trip", median(ours), median(plain), "us", ratio);
    System.out.println("goal " + GOAL + (ratio <= GOAL ? ", reached" : ", missed"));
  }

  private static void ask(QmpClient client) {
    try {
      for (int i = 0; i < CALLS; i++) {
        client.call(new QueryStatus());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Each stop and each cont is one event and one reply. */
  private static void events(QmpClient client, RawMonitor raw) throws Exception {
    double[] ours = new double[ROUNDS];
    double[] plain = new double[ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      long start = System.nanoTime();
      int heard = 0;
      for (int i = 0; i < CALLS / 4; i++) {
        heard += raw.call("{\"execute\":\"cont\",\"id\":100003}\n");
        heard += raw.call("{\"execute\":\"stop\",\"id\":100004}\n");
      }
      long middle = System.nanoTime();
      FutureTask<Integer> listening = new FutureTask<>(() -> listen(client));
      Thread.ofVirtual().start(listening);
      int ourHeard = listening.get();
      long end = System.nanoTime();
      if (round >= 0) {
        plain[round] = heard * 1e9 / (middle - start);
        ours[round] = ourHeard * 1e9 / (end - middle);
      }
    }
    print("events", median(ours), median(plain), "a second", median(plain) / median(ours));
  }

  private static int listen(QmpClient client) throws InterruptedException {
    int heard = 0;
    try (EventSubscription events =
        client.subscribe(_ -> true, EventSubscription.Overflow.FAIL, CALLS)) {
      for (int i = 0; i < CALLS / 4; i++) {
        client.call(new Cont());
        client.call(new Stop());
      }
      while (heard < CALLS / 2 && events.next(PATIENCE).isPresent()) {
        heard++;
      }
    }
    return heard;
  }

  private static void print(String what, double ours, double plain, String unit, double ratio) {
    System.out.printf(
        Locale.ROOT,
        "%-26s %8.0f %s, raw socket %8.0f, ratio %.2f%n",
        what,
        ours,
        unit,
        plain,
        ratio);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static Process start(Path directory) throws IOException {
    String options = ",server=on,wait=off,path=";
    Process qemu =
        new ProcessBuilder(
                List.of(
                    "qemu-system-x86_64",
                    "-machine",
                    "none",
                    "-nodefaults",
                    "-S",
                    "-display",
                    "none",
                    "-chardev",
                    "socket,id=m0" + options + "m0",
                    "-mon",
                    "mode=control,chardev=m0",
                    "-chardev",
                    "socket,id=m1" + options + "m1",
                    "-mon",
                    "mode=control,chardev=m1"))
            .directory(directory.toFile())
            .inheritIO()
            .start();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!accepts(directory.resolve("m1"))) {
      if (!qemu.isAlive() || System.nanoTime() > end) {
        throw new IOException("QEMU did not come up");
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    return qemu;
  }

  private static boolean accepts(Path socket) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException _) {
      return false;
    }
  }
}
