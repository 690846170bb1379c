package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.api.ApiPath;
import dev.barevirt.virtctl.api.Kind;
import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Outline;
import java.util.Map;

/** {@code pause vm|vmi NAME} and {@code unpause vm|vmi NAME}. */
public final class PauseCommand implements Command {
  private final String word;
  private final String doing;
  private final String summary;

  private PauseCommand(String word, String doing, String summary) {
    this.word = word;
    this.doing = doing;
    this.summary = summary;
  }

  /** Makes it stand still. */
  public static PauseCommand pause() {
    return new PauseCommand(
        "pause", "pausing", "Pause a virtual machine: its processors stand still");
  }

  /** Lets it go on. */
  public static PauseCommand unpause() {
    return new PauseCommand("unpause", "unpausing", "Let a paused virtual machine go on");
  }

  @Override
  public Outline outline() {
    return Outline.of(word, "vm|vmi NAME", 2, summary, DryRun.FLAG)
        .showing(word + " vm my-vm", word + " vmi my-vm");
  }

  @Override
  public int run(Session session, Arguments arguments) throws InterruptedException {
    Kind kind = Operand.machineOrInstance(arguments.positional().getFirst());
    String name = arguments.positional().getLast();
    Map<String, Object> options = DryRun.options(session, arguments);
    String namespace = session.namespace();
    if (kind == Kind.MACHINE) {
      Ask.orSay(
          "error getting VirtualMachine " + name,
          () -> session.api().get(ApiPath.object(Kind.MACHINE, namespace, name)));
    }
    String path = ApiPath.of(Kind.INSTANCE, namespace, name, word);
    Ask.orSay(
        "error %s VirtualMachineInstance %s".formatted(doing, name),
        () -> session.api().put(path, options));
    session.out().line("VMI %s was scheduled to %s".formatted(name, word));
    return DONE;
  }
}
