package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Flag;
import dev.barevirt.virtctl.flag.Outline;
import java.util.ArrayList;
import java.util.List;

/** {@code ssh [USER@]TYPE/NAME[/NAMESPACE]}. */
public final class SshCommand implements Command {
  @Override
  public Outline outline() {
    List<Flag> flags = new ArrayList<>(SshOptions.FLAGS);
    flags.add(Flag.text("command", "", "Command to run in the guest").or('c'));
    return Outline.of(
            "ssh",
            "[USER@]TYPE/NAME[/NAMESPACE]",
            1,
            "Log in to a virtual machine with the ssh of this machine",
            flags.toArray(Flag[]::new))
        .showing("ssh debian@vmi/my-vmi", "ssh -l debian -i ~/.ssh/key vm/my-vm -c uptime");
  }

  @Override
  public int run(Session session, Arguments arguments) throws InterruptedException {
    String written = arguments.positional().getFirst();
    int at = written.lastIndexOf('@');
    Target target = Target.of(written.substring(at + 1), session);
    List<String> words = new ArrayList<>(List.of("ssh"));
    words.addAll(SshOptions.words(session, arguments, target));
    words.add(SshOptions.destination(arguments, at < 0 ? "" : written.substring(0, at), target));
    if (arguments.has("command")) {
      words.add(arguments.text("command"));
    }
    return SshOptions.run(session, words);
  }
}
