package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.api.ApiPath;
import dev.barevirt.virtctl.api.Kind;
import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Outline;
import java.util.Map;

/** {@code stop VM} and {@code restart VM}. */
public final class StopCommand implements Command {
  private final String verb;
  private final String what;
  private final String doing;
  private final String graceField;

  private StopCommand(String verb, String what, String doing, String graceField) {
    this.verb = verb;
    this.what = what;
    this.doing = doing;
    this.graceField = graceField;
  }

  /** Ends the guest. */
  public static StopCommand stop() {
    return new StopCommand("stop", "Stop a virtual machine", "stopping", "gracePeriod");
  }

  /** Ends the guest and starts another. */
  public static StopCommand restart() {
    return new StopCommand(
        "restart", "Restart a virtual machine", "restarting", "gracePeriodSeconds");
  }

  @Override
  public Outline outline() {
    return Outline.of(verb, "VM", 1, what, GracePeriod.FORCE, GracePeriod.SECONDS, DryRun.FLAG)
        .showing(verb + " my-vm", verb + " my-vm --force --grace-period=0");
  }

  @Override
  public int run(Session session, Arguments arguments) throws InterruptedException {
    String name = arguments.positional().getFirst();
    Map<String, Object> options = DryRun.options(session, arguments);
    GracePeriod.into(options, graceField, arguments);
    String path = ApiPath.of(Kind.MACHINE, session.namespace(), name, verb);
    Ask.orSay("error %s VirtualMachine".formatted(doing), () -> session.api().put(path, options));
    session.out().line("VM %s was scheduled to %s".formatted(name, verb));
    return DONE;
  }
}
