package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.live.Awake;
import dev.barevirt.launcher.cli.live.GuestProgram;
import dev.barevirt.launcher.cli.live.MachineStatus;
import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.live.Resident;
import dev.barevirt.launcher.cli.live.Waits;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "exec",
    description = {
      "Runs a program in the guest through its agent, and exits as it did. Its output comes when it"
          + " has ended.",
      "No shell looks at the words: write sh -c '...' for one."
    },
    footer = {
      "  launcher exec web -- uname -a",
      "  launcher exec web -- sh -c 'df -h | tail -n 1'",
      "  launcher exec -i web -- tee /etc/motd < motd"
    })
final class ExecCommand implements Action {
  private static final int MOST_INPUT = 48 << 10;

  private final Session session;

  @Option(
      names = {"-i", "--stdin"},
      description = "Give the program this command's input, at most 48 KiB")
  boolean input;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "The program and its arguments")
  List<String> command = new ArrayList<>();

  ExecCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    byte[] fed = input ? stdin() : new byte[0];
    List<String> words =
        command.getFirst().equals("--") ? command.subList(1, command.size()) : command;
    Machines machines = session.machines();
    MachineStatus machine = machines.status(name);
    try (Resident resident = machines.dial(machine)) {
      Awake.require(machine, resident);
      var program = new GuestProgram(resident, words, fed);
      return new ProgramOutput(session.out()).print(program.run(session.timeout(Waits.USUAL)));
    }
  }

  private byte[] stdin() {
    try {
      byte[] read = session.in().readNBytes(MOST_INPUT + 1);
      if (read.length > MOST_INPUT) {
        throw CliFailure.of(ExitCode.USAGE, "the guest agent takes at most 48 KiB of input")
            .advising("copy the file with 'launcher cp' instead");
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read stdin", e);
    }
  }

  @Override
  public boolean passesArgumentsOn() {
    return true;
  }
}
