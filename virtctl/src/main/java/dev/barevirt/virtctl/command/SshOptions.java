package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Flag;
import dev.barevirt.virtctl.kubeconfig.ConnectionFlags;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How the ssh of this machine is told to go through the API. */
final class SshOptions {
  static final List<Flag> FLAGS =
      List.of(
          Flag.text("username", "", "User to log in as").or('l'),
          Flag.text("identity-file", "", "Private key to log in with").or('i'),
          Flag.number("port", 22, "Port of the SSH server in the guest").or('p'),
          Flag.texts("local-ssh-opts", "Option for the local ssh, may be repeated").or('t'),
          Flag.text(
              "known-hosts", "", "File with known hosts (default ~/.ssh/kubevirt_known_hosts)"));

  private SshOptions() {}

  /** The words between {@code ssh} and where to. */
  static List<String> words(Session session, Arguments arguments, Target target) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("-o", "ProxyCommand=" + proxy(session, arguments, target)));
    words.addAll(List.of("-o", "UserKnownHostsFile=" + knownHosts(session, arguments)));
    if (arguments.has("identity-file")) {
      words.addAll(List.of("-i", arguments.text("identity-file")));
    }
    words.addAll(arguments.texts("local-ssh-opts"));
    return words;
  }

  /** Whom and where, as ssh has it: the name tells guests apart in known hosts. */
  static String destination(Arguments arguments, String user, Target target) {
    String name = user.isEmpty() ? arguments.text("username") : user;
    String host = "%s.%s.%s".formatted(target.kind().word(), target.name(), target.namespace());
    return name.isEmpty() ? host : name + "@" + host;
  }

  private static String proxy(Session session, Arguments arguments, Target target) {
    List<String> words = new ArrayList<>(session.world().self());
    words.addAll(ConnectionFlags.again(session.connection()));
    words.addAll(
        List.of(
            "port-forward",
            "--stdio=true",
            target.toString(),
            String.valueOf(arguments.number("port"))));
    // ssh gives the line to a shell, and has percent signs of its own.
    return String.join(" ", words.stream().map(SshOptions::quoted).toList()).replace("%", "%%");
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=@+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private static String knownHosts(Session session, Arguments arguments) {
    String asked = arguments.text("known-hosts");
    return asked.isEmpty()
        ? session.world().environment().getOrDefault("HOME", "") + "/.ssh/kubevirt_known_hosts"
        : asked;
  }

  /** Runs a program on this terminal and answers its exit status. */
  static int run(Session session, List<String> words) throws InterruptedException {
    String program = words.getFirst();
    List<String> found = new ArrayList<>(words);
    found.set(
        0,
        Programs.find(program, session.world().environment())
            .orElseThrow(
                () ->
                    new CommandFailure(
                        "there is no %s in $PATH; install OpenSSH's client".formatted(program)))
            .toString());
    ProcessBuilder builder =
        new ProcessBuilder(found).inheritIO().directory(session.world().directory().toFile());
    builder.environment().clear();
    builder.environment().putAll(session.world().environment());
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new CommandFailure("cannot run %s: %s".formatted(program, e.getMessage()), e);
    }
  }
}
