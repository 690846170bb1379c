package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.live.Awake;
import dev.barevirt.launcher.cli.live.GuestFiles;
import dev.barevirt.launcher.cli.live.MachineStatus;
import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.live.Resident;
import dev.barevirt.launcher.cli.live.SshAddress;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "cp",
    description = {
      "Copies a file into the guest or out of it; the guest's side is written NAME:PATH.",
      "Goes through scp where the guest's ssh port is forwarded, else through the guest agent"
          + " (single files only)."
    },
    footer = {
      "  launcher cp index.html web:/var/www/html/",
      "  launcher cp web:/var/log/syslog .",
      "  launcher cp -r site web:/srv"
    })
final class CpCommand implements Action {
  private final Session session;

  @Option(
      names = {"-r", "--recursive"},
      description = "Copy directories, through scp only")
  boolean recursive;

  @Option(names = "--agent", description = "Go through the guest agent even when ssh is there")
  boolean agent;

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

  @Parameters(index = "0", paramLabel = "[NAME:]SOURCE", description = "What to copy")
  String source = "";

  @Parameters(index = "1", paramLabel = "[NAME:]TARGET", description = "Where to")
  String target = "";

  CpCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    boolean out = isGuest(source);
    if (out == isGuest(target)) {
      throw CliFailure.usage(
          "one of the two paths must be the guest's, as in 'launcher cp file web:/tmp/'");
    }
    String[] guest = (out ? source : target).split(":", 2);
    Path local = Path.of(session.files().absolute(out ? target : source));
    Machines machines = session.machines();
    MachineStatus machine = machines.status(guest[0]);
    boolean ssh = !agent && SshAddress.of(machine).isPresent();
    if (ssh) {
      return scp(machine, guest[1], local, out);
    }
    if (recursive) {
      throw CliFailure.usage(
          "directories go through scp only, and the guest's ssh port is not forwarded");
    }
    try (Resident resident = machines.dial(machine);
        Progress _ = session.progress("copying")) {
      Awake.require(machine, resident);
      var files = new GuestFiles(resident);
      if (out) {
        files.fetch(guest[1], Files.isDirectory(local) ? local.resolve(last(guest[1])) : local);
      } else {
        String name = String.valueOf(local.getFileName());
        files.send(local, guest[1].endsWith("/") ? guest[1] + name : guest[1]);
      }
    }
    return DONE;
  }

  private int scp(MachineStatus machine, String inGuest, Path local, boolean out)
      throws InterruptedException {
    var login = new SshLogin(session, machine, user, identity);
    List<String> words = new ArrayList<>(login.options("scp", "-P"));
    if (recursive) {
      words.add("-r");
    }
    words.add("--");
    String remote = login.copyTarget() + ":" + inGuest;
    words.addAll(out ? List.of(remote, local.toString()) : List.of(local.toString(), remote));
    return login.run(words);
  }

  private static boolean isGuest(String path) {
    return path.matches("[a-z0-9][-a-z0-9.]*:.*");
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
