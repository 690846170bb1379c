package dev.barevirt.launcher.metrics;

import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.qmp.wire.ByteStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives one guest figures of its host, for as long as its QEMU runs. */
public final class DownwardMetrics implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DownwardMetrics.class);
  private static final Path PROC = Path.of("/proc");
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final MetricsDocument document;
  private final long qemu;
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable MetricsChannel channel; // null when the guest has none

  private DownwardMetrics(MetricsDocument document, long qemu) {
    this.document = document;
    this.qemu = qemu;
  }

  /**
   * Begins.
   *
   * @param qemu the guest's QEMU
   * @param port the host's end of the channel, when the guest has one
   * @param disk the disk that shows figures, when the guest has one
   */
  public static DownwardMetrics of(
      VirtualMachineInstance vmi, long qemu, Optional<ByteStream> port, Optional<Path> disk) {
    DownwardMetrics metrics = new DownwardMetrics(MetricsDocument.of(vmi, hostName()), qemu);
    metrics.channel = port.map(guest -> MetricsChannel.serve(guest, metrics::now)).orElse(null);
    disk.map(MetricsDisk::new).ifPresent(metrics::refresh);
    return metrics;
  }

  @Override
  public void close() {
    closed.countDown();
    if (channel != null) {
      channel.close();
    }
  }

  /** The first figures are there before the guest looks; newer ones follow. */
  private void refresh(MetricsDisk disk) {
    write(disk);
    Thread.ofVirtual().name("metrics-disk").start(() -> keepFresh(disk));
  }

  private void keepFresh(MetricsDisk disk) {
    try {
      while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        write(disk);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(MetricsDisk disk) {
    try {
      disk.write(now());
    } catch (IOException refused) {
      LOG.warn("the guest's disk of figures stays as it is: {}", refused.getMessage());
    }
  }

  private String now() {
    return document.at(Instant.now(), HostFigures.read(PROC, qemu));
  }

  private static String hostName() {
    try {
      return Files.readString(PROC.resolve("sys/kernel/hostname")).strip();
    } catch (IOException hidden) {
      return "localhost";
    }
  }
}
