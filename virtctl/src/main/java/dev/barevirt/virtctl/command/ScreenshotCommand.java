package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.api.ApiPath;
import dev.barevirt.virtctl.api.Kind;
import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Flag;
import dev.barevirt.virtctl.flag.Outline;
import java.io.IOException;
import java.nio.file.Files;

/** {@code vnc screenshot VMI}. */
public final class ScreenshotCommand implements Command {
  @Override
  public Outline outline() {
    return Outline.of(
            "vnc screenshot",
            "VMI",
            1,
            "Write the screen of a virtual machine instance into a file, as PNG",
            Flag.text("file", "", "File to write; - is standard output").or('f'),
            Flag.truth("move-cursor", "Move the pointer before, to wake a screen saver").or('m'))
        .showing("vnc screenshot my-vmi -f screen.png");
  }

  @Override
  public int run(Session session, Arguments arguments) throws InterruptedException {
    arguments.require("file");
    String name = arguments.positional().getFirst();
    String path =
        ApiPath.of(Kind.INSTANCE, session.namespace(), name, "vnc/screenshot")
            + "?moveCursor="
            + arguments.truth("move-cursor");
    byte[] png = session.api().bytes(path);
    String file = arguments.text("file");
    try {
      if (file.equals("-")) {
        session.out().bytes().write(png);
        session.out().bytes().flush();
      } else {
        Files.write(session.world().directory().resolve(file), png);
      }
    } catch (IOException e) {
      throw new CommandFailure("cannot write %s: %s".formatted(file, e.getMessage()), e);
    }
    return DONE;
  }
}
