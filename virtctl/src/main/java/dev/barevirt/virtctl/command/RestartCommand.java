package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.api.ApiPath;
import dev.barevirt.virtctl.api.Kind;
import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Outline;
import java.util.Map;

/** {@code restart VM}. */
public final class RestartCommand implements Command {
  @Override
  public Outline outline() {
    return Outline.of(
            "restart",
            "VM",
            1,
            "Restart a virtual machine",
            GracePeriod.FORCE,
            GracePeriod.SECONDS,
            DryRun.FLAG)
        .showing("restart my-vm", "restart my-vm --force --grace-period=0");
  }

  @Override
  public int run(Session session, Arguments arguments) throws InterruptedException {
    String name = arguments.positional().getFirst();
    Map<String, Object> options = DryRun.options(session, arguments);
    GracePeriod.into(options, "gracePeriodSeconds", arguments);
    String path = ApiPath.of(Kind.MACHINE, session.namespace(), name, "restart");
    Ask.orSay("error restarting VirtualMachine", () -> session.api().put(path, options));
    session.out().line("VM %s was scheduled to restart".formatted(name));
    return DONE;
  }
}
