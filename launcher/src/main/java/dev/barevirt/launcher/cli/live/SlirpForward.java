package dev.barevirt.launcher.cli.live;

import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.qmp.wire.Json;

/** A port forwarded by QEMU's own user-mode network while the machine runs. */
public final class SlirpForward implements AutoCloseable {
  private final Resident resident;
  private final String rule;

  private SlirpForward(Resident resident, String rule) {
    this.resident = resident;
    this.rule = rule;
  }

  /** The machine has no such network: it uses passt, a tap, or none. */
  public static final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unavailable(String message) {
      super(message);
    }
  }

  /** Forwards a loopback port of this host to a port of the guest. */
  public static SlirpForward add(Resident resident, int local, int guest)
      throws InterruptedException {
    String rule = "tcp:127.0.0.1:" + local;
    String answer = monitor(resident, "hostfwd_add " + rule + "-:" + guest);
    if (!answer.isBlank()) {
      throw new Unavailable(answer.strip());
    }
    return new SlirpForward(resident, rule);
  }

  @Override
  public void close() {
    try {
      monitor(resident, "hostfwd_remove " + rule);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String monitor(Resident resident, String line) throws InterruptedException {
    String arguments = Json.object().with("command-line", line).build().toString();
    String answer =
        resident.call(new LauncherCommand.Qmp("human-monitor-command", arguments)).json();
    return Json.parse(answer).text();
  }
}
