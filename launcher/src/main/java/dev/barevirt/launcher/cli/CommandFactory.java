package dev.barevirt.launcher.cli;

/** Makes the one command object that is asked for. */
final class CommandFactory {
  private final Session session;

  CommandFactory(Session session) {
    this.session = session;
  }

  Action create(Verb verb) {
    return switch (verb) {
      case VERSION -> new VersionCommand(session);
    };
  }
}
