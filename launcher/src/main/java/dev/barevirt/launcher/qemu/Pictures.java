package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.qmp.QmpExpectation;
import dev.barevirt.qmp.command.AddFd;
import dev.barevirt.qmp.command.DumpFormat;
import dev.barevirt.qmp.command.DumpGuestMemory;
import dev.barevirt.qmp.command.GetFd;
import dev.barevirt.qmp.command.RemoveFd;
import dev.barevirt.qmp.command.Screendump;
import dev.barevirt.qmp.event.DumpCompleted;
import dev.barevirt.qmp.wire.WireException;
import java.nio.file.Path;
import java.time.Duration;

/** Pictures of a running guest: what its display shows, and what its memory holds. */
final class Pictures {
  private static final Duration DUMPING = Duration.ofHours(1);
  private static final String DUMP_FD = "memory-dump";

  /** How QEMU names the absence of a display. */
  private static final String NO_SCREEN = "no console to take a screendump";

  private final Monitor monitor;

  Pictures(Monitor monitor) {
    this.monitor = monitor;
  }

  /** Writes the first display as PNG. */
  void screenshot(Path file) throws InterruptedException {
    String what = "take a screenshot";
    try (OutputFile output = OutputFile.create(file)) {
      AddFd.Added set = monitor.ask(what, new AddFd(null, "screenshot", output.give()));
      try {
        monitor.ask(what, new Screendump("/dev/fdset/" + set.fdsetId(), null, null, "png"));
      } catch (GuestException refused) {
        throw String.valueOf(refused.getMessage()).contains(NO_SCREEN)
            ? GuestException.conflict("the machine has no screen: create it with a graphics device")
            : refused;
      } finally {
        monitor.ask(what, new RemoveFd(set.fdsetId(), null));
      }
      output.keep();
    }
  }

  /** Writes the memory as an ELF core. */
  void dumpMemory(Path file) throws InterruptedException {
    String what = "dump the guest's memory";
    try (OutputFile output = OutputFile.create(file);
        QmpExpectation done = monitor.client().expect(DumpCompleted.class::isInstance)) {
      monitor.ask(what, new GetFd(DUMP_FD, output.give()));
      monitor.ask(what, new DumpGuestMemory(false, "fd:" + DUMP_FD, true, DumpFormat.ELF));
      if (done.await(DUMPING).event() instanceof DumpCompleted(var result, String error)
          && !error.isEmpty()) {
        throw GuestException.failed("cannot " + what + ": " + error + " (" + result + ")");
      }
      output.keep();
    } catch (WireException lost) {
      throw Monitor.told(what, lost);
    }
  }
}
