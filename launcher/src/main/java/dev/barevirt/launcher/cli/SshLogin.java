package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.live.MachineStatus;
import dev.barevirt.launcher.cli.live.Waits;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import dev.barevirt.launcher.cli.spec.HostNotes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How ssh and scp reach a guest. */
final class SshLogin {
  private static final String DEFAULT_USER = "root";

  private final Session session;
  private final MachineStatus machine;
  private final @Nullable String user;
  private final @Nullable String identity;
  private final InetSocketAddress address;

  SshLogin(
      Session session, MachineStatus machine, @Nullable String user, @Nullable String identity) {
    if (!machine.active()) {
      throw CliFailure.of(ExitCode.CONFLICT, "machine '" + machine.name() + "' is not running")
          .advising("'launcher start " + machine.name() + "' starts it");
    }
    if (user != null && user.startsWith("-")) {
      throw CliFailure.usage("'" + user + "' is not a user name");
    }
    this.session = session;
    this.machine = machine;
    this.user = user;
    this.identity = identity;
    this.address = Waits.ssh(machine);
  }

  /**
   * The program and its options; {@code portOption} is {@code -p} for ssh and {@code -P} for scp.
   */
  List<String> options(String program, String portOption) {
    List<String> words = new ArrayList<>();
    words.add(session.workplace().program(program, "OpenSSH's client").toString());
    words.addAll(List.of(portOption, Integer.toString(address.getPort())));
    words.addAll(List.of("-o", "HostKeyAlias=" + machine.name() + ".barevirt"));
    words.addAll(
        List.of("-o", "UserKnownHostsFile=" + machine.directory().state().resolve("known_hosts")));
    words.addAll(List.of("-o", "StrictHostKeyChecking=accept-new"));
    if (identity != null) {
      words.addAll(List.of("-i", session.files().absolute(identity)));
    }
    return words;
  }

  /** {@code user@address}. */
  String target() {
    String noted = machine.vmi().metadata().annotations().get(HostNotes.USER);
    String name = user != null ? user : noted != null ? noted : DEFAULT_USER;
    return name + "@" + address.getHostString();
  }

  /** The same for scp, where an IPv6 address needs brackets. */
  String copyTarget() {
    String host = address.getHostString();
    String target = target();
    return host.indexOf(':') < 0 ? target : target.replace(host, "[" + host + "]");
  }

  /** Starts it on this terminal. */
  Process start(List<String> words) {
    try {
      return new ProcessBuilder(words).inheritIO().start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + words.getFirst(), e);
    }
  }

  /** Runs it on this terminal and returns what it exits with. */
  int run(List<String> words) throws InterruptedException {
    return start(words).waitFor();
  }
}
