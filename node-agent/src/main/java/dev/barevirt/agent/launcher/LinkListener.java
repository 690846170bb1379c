package dev.barevirt.agent.launcher;

import dev.barevirt.api.launcher.GuestReport;

/**
 * Hears of launchers that come, tell and go. Called by one thread in the order in which things
 * happened, for each link first that it is there, then its reports, then that it is gone; an
 * implementation files what it is told and never blocks.
 */
public interface LinkListener {
  /** A launcher is connected and has told how its guest is; a report follows. */
  void connected(LauncherLink link);

  /** A newer report; of several that came in between, only the newest is told. */
  void reported(LauncherLink link, GuestReport report);

  /** The launcher's connection is gone. It may come back as another link. */
  void disconnected(LauncherLink link);
}
