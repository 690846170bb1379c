package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.api.ApiPath;
import dev.barevirt.virtctl.api.Kind;
import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Flag;
import dev.barevirt.virtctl.flag.Outline;
import java.util.Map;

/** {@code start VM}. */
public final class StartCommand implements Command {
  @Override
  public Outline outline() {
    return Outline.of(
            "start",
            "VM",
            1,
            "Start a virtual machine",
            Flag.truth("paused", "Start it paused: it runs once it is unpaused"),
            DryRun.FLAG)
        .showing("start my-vm", "start my-vm --paused");
  }

  @Override
  public int run(Session session, Arguments arguments) throws InterruptedException {
    String name = arguments.positional().getFirst();
    Map<String, Object> options = DryRun.options(session, arguments);
    options.put("paused", arguments.truth("paused"));
    String path = ApiPath.of(Kind.MACHINE, session.namespace(), name, "start");
    Ask.orSay("error starting VirtualMachine", () -> session.api().put(path, options));
    session.out().line("VM %s was scheduled to start".formatted(name));
    return DONE;
  }
}
