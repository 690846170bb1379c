package dev.barevirt.launcher;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherEvent;
import dev.barevirt.launcher.store.MachineDirectory;
import dev.barevirt.launcher.store.StoreException;
import dev.barevirt.launcher.store.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest report and the list of events in files, for those who come when the launcher is
 * gone. Whoever tells it never waits for the disk.
 */
final class ReportKeeper implements Consumer<LauncherEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(ReportKeeper.class);
  private static final int REPORT_LIMIT = 4 << 20;
  private static final long EVENTS_LIMIT = 1L << 20;

  private final MachineDirectory machine;
  private final LinkedBlockingQueue<Optional<LauncherEvent>> waiting = new LinkedBlockingQueue<>();
  private final Thread writer;

  ReportKeeper(MachineDirectory machine) {
    this.machine = machine;
    this.writer = Thread.ofVirtual().name("report").start(this::work);
  }

  /** When the machine's guest began to run, as the launcher before this one wrote it down. */
  static @Nullable Instant startedAt(MachineDirectory machine) {
    try {
      return WholeFile.read(machine.report(), REPORT_LIMIT)
          .flatMap(ReportKeeper::report)
          .map(GuestReport::startedAt)
          .map(Instant::parse)
          .orElse(null);
    } catch (DateTimeException | StoreException unreadable) {
      LOG.warn("{} does not tell since when the guest runs", machine.report());
      return null;
    }
  }

  private static Optional<GuestReport> report(byte[] json) {
    return switch (RecordReader.LENIENT.read(GuestReport.class, json)) {
      case Reading.Accepted<GuestReport>(GuestReport report) -> Optional.of(report);
      case Reading.Refused<GuestReport> _ -> Optional.empty();
    };
  }

  @Override
  public void accept(LauncherEvent event) {
    waiting.add(Optional.of(event));
  }

  /** Writes a last report, after everything that was told before. */
  void finish(GuestReport last) throws InterruptedException {
    waiting.add(Optional.empty());
    writer.join();
    keep(last);
  }

  /** Works until an empty entry comes. An interrupt would tear the file it writes. */
  private void work() {
    try {
      for (Optional<LauncherEvent> next = waiting.take(); next.isPresent(); next = waiting.take()) {
        if (!isOutdated(next.get())) {
          keep(next.get());
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Of several reports that wait only the last is worth writing. */
  private boolean isOutdated(LauncherEvent event) {
    Optional<LauncherEvent> following = waiting.peek();
    return event instanceof LauncherEvent.ReportChanged
        && following != null
        && following.filter(LauncherEvent.ReportChanged.class::isInstance).isPresent();
  }

  private void keep(LauncherEvent event) {
    switch (event) {
      case LauncherEvent.ReportChanged changed -> keep(changed.report());
      case LauncherEvent.Happened happened -> append(RecordWriter.toJson(happened));
    }
  }

  private void keep(GuestReport report) {
    try {
      WholeFile.write(machine.report(), RecordWriter.toJson(report));
    } catch (RuntimeException refused) {
      LOG.error("the report could not be written: {}", refused.getMessage());
    }
  }

  private void append(String line) {
    Path file = machine.events();
    try {
      if (Files.exists(file) && Files.size(file) > EVENTS_LIMIT) {
        Files.move(
            file, file.resolveSibling("events.1.jsonl"), StandardCopyOption.REPLACE_EXISTING);
      }
      Files.write(
          file,
          (line + "\n").getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException refused) {
      LOG.error("an event could not be written: {}", refused.getMessage());
    }
  }
}
