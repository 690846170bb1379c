package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.os.OpenFile;
import dev.barevirt.launcher.os.OpenFlag;
import dev.barevirt.qmp.QmpExpectation;
import dev.barevirt.qmp.command.AddFd;
import dev.barevirt.qmp.command.Cont;
import dev.barevirt.qmp.command.GetFd;
import dev.barevirt.qmp.command.Migrate;
import dev.barevirt.qmp.command.MigrateCancel;
import dev.barevirt.qmp.command.MigrateIncoming;
import dev.barevirt.qmp.command.MigrateSetCapabilities;
import dev.barevirt.qmp.command.MigrationCapabilityState;
import dev.barevirt.qmp.command.QueryMigrate;
import dev.barevirt.qmp.command.QueryStatus;
import dev.barevirt.qmp.command.Stop;
import dev.barevirt.qmp.event.Migration;
import dev.barevirt.qmp.event.MigrationStatus;
import dev.barevirt.qmp.event.QmpEvent;
import dev.barevirt.qmp.wire.OwnedFd;
import dev.barevirt.qmp.wire.WireException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/**
 * A guest's memory and devices in a file. Where QEMU can it gives each page its place in the file
 * ("mapped-ram"), which makes restoring fast; else the file is the stream of a migration. Which of
 * the two it is stands beside it in a file of its own, because QEMU itself does not say.
 */
final class SavedState {
  private static final Duration MOVING = Duration.ofHours(1);
  private static final String FD = "saved-state";
  private static final String MAPPED = "mapped-ram";
  private static final String STREAM = "stream";

  private final Monitor monitor;

  SavedState(Monitor monitor) {
    this.monitor = monitor;
  }

  /** Stops the guest's processors and writes; on failure the guest goes on as it was. */
  void save(Path file) throws InterruptedException {
    String what = "save the guest to " + file;
    boolean ran = monitor.ask(what, new QueryStatus()).running();
    try (OutputFile output = OutputFile.create(file);
        OutputFile kind = OutputFile.create(kindOf(file))) {
      boolean mapped = monitor.client().greeting().isAtLeast(9, 1);
      monitor.ask(what, new Stop());
      try {
        prepare(what, mapped);
        move(what, new Migrate(target(what, mapped, output), null, null));
      } catch (GuestException | InterruptedException failed) {
        goOn(ran);
        throw failed;
      }
      Files.writeString(kindOf(file), mapped ? MAPPED : STREAM, StandardCharsets.US_ASCII);
      output.keep();
      kind.keep();
    } catch (IOException failed) {
      goOn(ran);
      throw GuestException.failed("cannot " + what + ": " + failed.getMessage());
    }
  }

  /** Fills a QEMU that waits for it; its processors stand still afterwards. */
  void restore(Path file) throws InterruptedException {
    String what = "restore the guest from " + file;
    boolean mapped = isMapped(file);
    if (mapped && !monitor.client().greeting().isAtLeast(9, 1)) {
      throw GuestException.unsupported(
          "cannot " + what + ": a newer QEMU wrote it, in a way this one does not know");
    }
    OwnedFd input = OpenFile.open(file, EnumSet.of(OpenFlag.READ));
    prepare(what, mapped);
    move(what, new MigrateIncoming(source(what, mapped, input), null, null));
  }

  /** Whether there is something to restore. */
  static void require(Path file) {
    if (!Files.isReadable(file) || !Files.isReadable(kindOf(file))) {
      throw GuestException.notFound("there is no saved guest in " + file);
    }
  }

  private static Path kindOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".kind");
  }

  private static boolean isMapped(Path file) {
    try {
      return Files.readString(kindOf(file)).strip().equals(MAPPED);
    } catch (IOException unreadable) {
      throw GuestException.notFound("there is no saved guest in " + file);
    }
  }

  private void prepare(String what, boolean mapped) throws InterruptedException {
    MigrationCapabilityState events = new MigrationCapabilityState("events", true);
    monitor.ask(
        what,
        new MigrateSetCapabilities(
            mapped
                ? List.of(events, new MigrationCapabilityState(MAPPED, true))
                : List.of(events)));
  }

  private String target(String what, boolean mapped, OutputFile output)
      throws InterruptedException {
    return handOver(what, mapped, output.give());
  }

  private String source(String what, boolean mapped, OwnedFd input) throws InterruptedException {
    return handOver(what, mapped, input);
  }

  private String handOver(String what, boolean mapped, OwnedFd file) throws InterruptedException {
    if (mapped) {
      return "file:/dev/fdset/" + monitor.ask(what, new AddFd(null, FD, file)).fdsetId();
    }
    monitor.ask(what, new GetFd(FD, file));
    return "fd:" + FD;
  }

  private void move(String what, dev.barevirt.qmp.QmpCommand.Act begin)
      throws InterruptedException {
    try (QmpExpectation end = monitor.client().expect(SavedState::ends)) {
      monitor.ask(what, begin);
      QmpEvent event = end.await(MOVING).event();
      if (!(event instanceof Migration(MigrationStatus status))
          || status != MigrationStatus.COMPLETED) {
        throw GuestException.failed("cannot " + what + ": " + whyFailed());
      }
    } catch (WireException.TimedOut late) {
      monitor.ask("give up saving", new MigrateCancel());
      throw Monitor.told(what, late);
    } catch (WireException lost) {
      throw Monitor.told(what, lost);
    }
  }

  private String whyFailed() throws InterruptedException {
    String described = monitor.ask("ask what failed", new QueryMigrate()).errorDesc();
    return described.isEmpty() ? "QEMU did not say why" : described;
  }

  private void goOn(boolean ran) throws InterruptedException {
    if (ran) {
      monitor.ask("let the guest go on", new Cont());
    }
  }

  private static boolean ends(QmpEvent event) {
    return event instanceof Migration(MigrationStatus status)
        && (status == MigrationStatus.COMPLETED
            || status == MigrationStatus.FAILED
            || status == MigrationStatus.CANCELLED);
  }
}
