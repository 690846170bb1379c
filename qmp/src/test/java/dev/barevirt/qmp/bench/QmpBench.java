package dev.barevirt.qmp.bench;

import dev.barevirt.qmp.EventSubscription;
import dev.barevirt.qmp.QmpClient;
import dev.barevirt.qmp.command.QueryStatus;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WireSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/**
 * Round trips and events a second of the client beside those of a blocking socket loop, on one real
 * QEMU without a machine, in short turns so that both see the same weather; what counts is the
 * middle one of the turns' ratios. Both send the same bytes, for QEMU reads its monitor byte by
 * byte and that is most of a round trip. Takes some ten seconds.
 */
public final class QmpBench {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int ROUNDS = 40;
  private static final int WARM_UP = 60;
  private static final int CALLS = 100;
  private static final int EVENT_ROUNDS = 20;
  private static final int EVENTS = 400;

  private static final List<String> MONITORS = List.of("m0", "m1", "m2");

  private final Path directory;
  private final WireLoop loop;

  private QmpBench(Path directory, WireLoop loop) {
    this.directory = directory;
    this.loop = loop;
  }

  /**
   * What was measured of both.
   *
   * @param name what it is
   * @param ours the client's figure
   * @param plain the socket loop's figure
   * @param unit of both
   * @param ratio how many times as slow the client is
   */
  public record Comparison(String name, double ours, double plain, String unit, double ratio) {}

  /** Measures both. */
  public static List<Comparison> measure() throws Exception {
    Path directory = Files.createTempDirectory(Path.of("/tmp"), "bv");
    Process qemu = start(directory);
    try (WireLoop loop = WireLoop.start("bench")) {
      QmpBench bench = new QmpBench(directory, loop);
      return List.of(bench.roundTrips(), bench.events());
    } finally {
      qemu.destroyForcibly().onExit().join();
      for (String name : MONITORS) {
        Files.deleteIfExists(directory.resolve(name));
      }
      Files.delete(directory);
    }
  }

  private Comparison roundTrips() throws Exception {
    double[] ours = new double[ROUNDS];
    double[] plain = new double[ROUNDS];
    try (QmpClient client = client();
        RawMonitor raw = new RawMonitor(directory.resolve("m1"))) {
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
    }
    return new Comparison(
        "query-status round trip", median(ours), median(plain), "us", ratio(ours, plain));
  }

  private QmpClient client() throws InterruptedException {
    return QmpClient.connect(loop, directory.resolve("m0"), WireSettings.resident(), PATIENCE);
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

  /**
   * A third monitor makes QEMU tell events as fast as it can; only the one that is measured is
   * connected then, for each that listens costs QEMU time.
   */
  private Comparison events() throws Exception {
    double[] ours = new double[EVENT_ROUNDS];
    double[] plain = new double[EVENT_ROUNDS];
    try (RawMonitor driver = new RawMonitor(directory.resolve("m2"))) {
      for (int round = -EVENT_ROUNDS; round < EVENT_ROUNDS; round++) {
        double rawSeconds;
        try (RawMonitor raw = new RawMonitor(directory.resolve("m1"))) {
          rawSeconds = seconds(driver, () -> raw.awaitEvents(EVENTS));
        }
        double ourSeconds;
        try (QmpClient client = client();
            EventSubscription heard =
                client.subscribe(_ -> true, EventSubscription.Overflow.FAIL, EVENTS)) {
          ourSeconds = seconds(driver, () -> listen(heard));
        }
        if (round >= 0) {
          plain[round] = EVENTS / rawSeconds;
          ours[round] = EVENTS / ourSeconds;
        }
      }
    }
    return new Comparison("events", median(ours), median(plain), "a second", ratio(plain, ours));
  }

  /** How long it takes to hear all the events that a driver causes. */
  private static double seconds(RawMonitor driver, Callable<?> hear) throws Exception {
    FutureTask<?> hearing = new FutureTask<>(hear);
    FutureTask<Void> driving = new FutureTask<>(() -> drive(driver), null);
    long start = System.nanoTime();
    Thread.ofVirtual().start(hearing);
    Thread.ofPlatform().start(driving);
    hearing.get();
    double took = (System.nanoTime() - start) / 1e9;
    driving.get();
    return took;
  }

  private static void drive(RawMonitor driver) {
    try {
      driver.pipeline(
          "{\"execute\":\"cont\",\"id\":3}\n{\"execute\":\"stop\",\"id\":4}\n", EVENTS / 2, 2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int listen(EventSubscription events) throws InterruptedException {
    int heard = 0;
    while (heard < EVENTS && events.next(PATIENCE).isPresent()) {
      heard++;
    }
    return heard;
  }

  private static double ratio(double[] over, double[] under) {
    double[] ratios = new double[over.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = over[i] / under[i];
    }
    return median(ratios);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static Process start(Path directory) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "qemu-system-x86_64", "-machine", "none", "-nodefaults", "-S", "-display", "none"));
    for (String name : MONITORS) {
      words.addAll(List.of("-chardev", "socket,server=on,wait=off,id=" + name + ",path=" + name));
      words.addAll(List.of("-mon", "mode=control,chardev=" + name));
    }
    Process qemu = new ProcessBuilder(words).directory(directory.toFile()).inheritIO().start();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!accepts(directory.resolve(MONITORS.getLast()))) {
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
