package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Flag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The flag --dry-run and what it puts into a request. */
final class DryRun {
  static final Flag FLAG =
      Flag.truth("dry-run", "Ask the server to check the request and change nothing");

  private DryRun() {}

  /** An empty request, which says so if it is only tried. */
  static Map<String, Object> options(Session session, Arguments arguments) {
    Map<String, Object> options = new LinkedHashMap<>();
    if (arguments.truth(FLAG.name())) {
      session.out().line("Dry Run execution");
      options.put("dryRun", List.of("All"));
    }
    return options;
  }
}
