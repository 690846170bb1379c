package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.image.ImageReference;
import dev.barevirt.launcher.image.ImageStore;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "rm",
    description = "Removes images from the store; one that a machine stands on stays.",
    footer = {"  launcher image rm debian-13"})
final class ImageRmCommand implements Action {
  private final Session session;

  @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "The images")
  List<String> images = new ArrayList<>();

  ImageRmCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() {
    ImageStore store = session.workplace().imageStore();
    for (String image : images) {
      store.remove(ImageReference.parse(image));
      session.out().line(image);
    }
    return DONE;
  }
}
