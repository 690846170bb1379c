package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Flag;
import dev.barevirt.virtctl.flag.Outline;

/** {@code version}. */
public final class VersionCommand implements Command {
  @Override
  public Outline outline() {
    return Outline.of(
            "version",
            "",
            0,
            "Print the versions of the client and of the server",
            Flag.truth("client", "Print the client's version only").or('c'))
        .showing("version", "version --client");
  }

  @Override
  public int run(Session session, Arguments arguments) throws InterruptedException {
    session.out().line("Client Version: " + BuildInfo.own());
    if (!arguments.truth("client")) {
      session.out().line("Server Version: " + BuildInfo.of(BuildInfo.server(session.api())));
    }
    return DONE;
  }
}
