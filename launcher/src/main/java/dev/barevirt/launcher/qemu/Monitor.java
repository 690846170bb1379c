package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.qmp.QmpClient;
import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.RawJson;
import dev.barevirt.qmp.wire.WireException;
import java.time.Duration;

/** A QEMU's monitor in the launcher's words: what fails says what was tried. */
final class Monitor {
  /** QEMU answers in its own time; whoever waits longer than this is told so. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final QmpClient client;

  Monitor(QmpClient client) {
    this.client = client;
  }

  QmpClient client() {
    return client;
  }

  /** Runs a command; what comes in the way is told as what was tried. */
  <R> R ask(String what, QmpCommand<R> command) throws InterruptedException {
    return ask(what, command, PATIENCE);
  }

  /** Runs a command with a patience of its own. */
  <R> R ask(String what, QmpCommand<R> command, Duration patience) throws InterruptedException {
    try {
      return client.call(command, patience);
    } catch (WireException failed) {
      throw told(what, failed);
    }
  }

  /** Runs a command given as JSON. */
  Json raw(String what, String command, RawJson arguments) throws InterruptedException {
    try {
      return client.raw(command, arguments, PATIENCE).tree();
    } catch (WireException failed) {
      throw told(what, failed);
    }
  }

  static GuestException told(String what, WireException failed) {
    return switch (failed) {
      case WireException.Refused refused ->
          GuestException.failed("cannot " + what + ": " + refused.description());
      case WireException.TimedOut late ->
          new GuestException(
              dev.barevirt.api.launcher.LauncherFault.TIMED_OUT,
              "QEMU has not answered when told to " + what,
              late);
      case WireException.Disconnected gone ->
          new GuestException(
              dev.barevirt.api.launcher.LauncherFault.CONFLICT,
              "cannot " + what + ": QEMU has ended",
              gone);
      case WireException.Unreachable _, WireException.Malformed _, WireException.Overflow _ ->
          new GuestException(
              dev.barevirt.api.launcher.LauncherFault.FAILED,
              "cannot " + what + ": " + failed.getMessage(),
              failed);
    };
  }
}
