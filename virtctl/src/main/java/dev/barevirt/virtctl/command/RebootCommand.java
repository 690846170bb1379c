package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.api.ApiPath;
import dev.barevirt.virtctl.api.Kind;
import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Outline;
import java.util.Map;

/** {@code soft-reboot VMI} and {@code reset VMI}. */
public final class RebootCommand implements Command {
  private final Outline outline;
  private final String subresource;
  private final String doing;
  private final String done;

  private RebootCommand(Outline outline, String subresource, String doing, String done) {
    this.outline = outline;
    this.subresource = subresource;
    this.doing = doing;
    this.done = done;
  }

  /** Asks the guest to reboot. */
  public static RebootCommand soft() {
    return new RebootCommand(
        Outline.of("soft-reboot", "VMI", 1, "Ask the guest of a virtual machine instance to reboot")
            .showing("soft-reboot my-vmi"),
        "softreboot",
        "soft rebooting",
        "soft reboot");
  }

  /** Presses the reset button. */
  public static RebootCommand reset() {
    return new RebootCommand(
        Outline.of("reset", "VMI", 1, "Reset a virtual machine instance, as its reset button would")
            .showing("reset my-vmi"),
        "reset",
        "resetting",
        "reset");
  }

  @Override
  public Outline outline() {
    return outline;
  }

  @Override
  public int run(Session session, Arguments arguments) throws InterruptedException {
    String name = arguments.positional().getFirst();
    String path = ApiPath.of(Kind.INSTANCE, session.namespace(), name, subresource);
    Ask.orSay(
        "error %s VirtualMachineInstance %s".formatted(doing, name),
        () -> session.api().put(path, Map.of()));
    session.out().line("VMI %s was scheduled to %s".formatted(name, done));
    return DONE;
  }
}
