package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.api.ApiPath;
import dev.barevirt.virtctl.api.Kind;
import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Outline;
import java.util.Map;

/** {@code stop VM}. */
public final class StopCommand implements Command {
  @Override
  public Outline outline() {
    return Outline.of(
            "stop",
            "VM",
            1,
            "Stop a virtual machine",
            GracePeriod.FORCE,
            GracePeriod.SECONDS,
            DryRun.FLAG)
        .showing("stop my-vm", "stop my-vm --force --grace-period=0");
  }

  @Override
  public int run(Session session, Arguments arguments) throws InterruptedException {
    String name = arguments.positional().getFirst();
    Map<String, Object> options = DryRun.options(session, arguments);
    GracePeriod.into(options, "gracePeriod", arguments);
    String path = ApiPath.of(Kind.MACHINE, session.namespace(), name, "stop");
    Ask.orSay("error stopping VirtualMachine", () -> session.api().put(path, options));
    session.out().line("VM %s was scheduled to stop".formatted(name));
    return DONE;
  }
}
