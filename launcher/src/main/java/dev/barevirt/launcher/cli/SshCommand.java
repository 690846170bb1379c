package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.live.MachineStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "ssh",
    description = {
      "Logs in to the guest with ssh, at the port that -p forwards to its port 22, and exits as ssh"
          + " does.",
      "A machine's host key is remembered per machine, so that a new machine on an old port is no"
          + " alarm."
    },
    footer = {"  launcher ssh web", "  launcher ssh -l debian web -- systemctl is-system-running"})
final class SshCommand implements Action {
  private final Session session;

  @Option(
      names = {"-l", "--login"},
      paramLabel = "USER",
      description = "Log in as this user")
  @Nullable String user;

  @Option(
      names = {"-i", "--identity"},
      paramLabel = "FILE",
      description = "Log in with this private key")
  @Nullable String identity;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  @Parameters(
      index = "1..*",
      paramLabel = "COMMAND",
      description = "What to run instead of a shell")
  List<String> command = new ArrayList<>();

  SshCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    MachineStatus machine = session.machines().status(name);
    var login = new SshLogin(session, machine, user, identity);
    List<String> words = new ArrayList<>(login.options("ssh", "-p"));
    words.add(login.target());
    List<String> rest =
        !command.isEmpty() && command.getFirst().equals("--")
            ? command.subList(1, command.size())
            : command;
    if (!rest.isEmpty()) {
      words.add("--");
      words.addAll(rest);
    }
    return login.run(words);
  }

  @Override
  public boolean passesArgumentsOn() {
    return true;
  }
}
