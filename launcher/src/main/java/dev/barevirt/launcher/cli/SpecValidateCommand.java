package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "validate",
    description =
        "Checks manifests: every field known, every value possible, nothing asked for that this"
            + " launcher cannot do.",
    footer = {
      "  launcher spec validate vmi.yaml",
      "  launcher spec validate *.yaml",
      "  cat vmi.yaml | launcher spec validate -"
    })
final class SpecValidateCommand implements Action {
  private final Session session;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "The manifests ('-': stdin)")
  List<String> files = new ArrayList<>();

  SpecValidateCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() {
    ExitCode worst = ExitCode.OK;
    var manifests = new Manifests(session);
    for (String file : files) {
      try {
        manifests.checked(file);
        session.out().line(file + ": ok");
      } catch (CliFailure e) {
        session.out().failure(e);
        worst = e.code();
      }
    }
    return worst.number();
  }
}
