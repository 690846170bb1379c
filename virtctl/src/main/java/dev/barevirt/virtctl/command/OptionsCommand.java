package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Outline;

/** {@code options}: the flags every command has. */
public final class OptionsCommand implements Command {
  private final String text;

  /** With what it prints. */
  public OptionsCommand(String text) {
    this.text = text;
  }

  @Override
  public Outline outline() {
    return Outline.of("options", "", 0, "Print the flags that every command has");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    session.out().text(text);
    return DONE;
  }
}
