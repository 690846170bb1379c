package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Flag;
import dev.barevirt.virtctl.flag.UsageException;
import java.util.Map;

/** The flags --force and --grace-period, which go together. */
final class GracePeriod {
  static final Flag FORCE =
      Flag.truth("force", "End it when the grace period is over; needs --grace-period");
  static final Flag SECONDS =
      Flag.number("grace-period", -1, "Seconds the guest has to shut down; only with --force");

  private GracePeriod() {}

  /** Puts it into a request under the name it has there. */
  static void into(Map<String, Object> options, String field, Arguments arguments) {
    boolean force = arguments.truth(FORCE.name());
    boolean given = arguments.has(SECONDS.name());
    if (given && !force) {
      throw new UsageException("Can not set gracePeriod without --force=true");
    }
    if (force && !given) {
      throw new UsageException("Must both use --force=true and set --grace-period.");
    }
    if (given) {
      options.put(field, arguments.number(SECONDS.name()));
    }
  }
}
