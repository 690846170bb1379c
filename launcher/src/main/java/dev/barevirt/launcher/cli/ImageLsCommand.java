package dev.barevirt.launcher.cli;

import java.time.Instant;
import picocli.CommandLine.Command;

@Command(
    name = "ls",
    description = "Lists the images in the store of this user.",
    footer = {"  launcher image ls", "  launcher image ls -o json"})
final class ImageLsCommand implements Action {
  private final Session session;

  ImageLsCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() {
    session
        .out()
        .objects(ImageViews.images(Instant.now()), session.workplace().imageStore().list());
    return DONE;
  }
}
