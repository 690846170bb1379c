package dev.barevirt.launcher.cli;

import dev.barevirt.api.launcher.LauncherCommand.OpenStream;
import dev.barevirt.launcher.cli.live.Resident;
import dev.barevirt.launcher.cli.term.Console;
import dev.barevirt.qmp.wire.ByteStream;
import java.io.InputStream;

/** Prints what a guest writes to its console while something else is being done, until closed. */
interface ConsoleCopy extends AutoCloseable {
  /** Prints nothing. */
  ConsoleCopy NONE = () -> {};

  /** Prints everything from the first line on. */
  static ConsoleCopy begin(Session session, Resident resident) throws InterruptedException {
    ByteStream stream = resident.open(new OpenStream(OpenStream.Stream.CONSOLE, true, true));
    var console = new Console(InputStream.nullInputStream(), session.out().bytes(), false, null);
    Thread copier =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    console.attach(stream);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    return () -> {
      stream.close();
      copier.interrupt();
    };
  }

  @Override
  void close();
}
