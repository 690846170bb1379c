package dev.barevirt.launcher.cli;

import picocli.CommandLine.Command;

@Command(
    name = "version",
    description = "Prints the version of the launcher, of Java, and of the QEMU it would use.",
    footer = {"  launcher version", "  launcher version -o json"})
final class VersionCommand implements Action {
  private final Session session;

  VersionCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() {
    session.out().line("x");
    return DONE;
  }
}
