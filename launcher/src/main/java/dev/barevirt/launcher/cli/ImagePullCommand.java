package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.output.Progress;
import dev.barevirt.launcher.image.ImageReference;
import dev.barevirt.launcher.image.ImageSource;
import dev.barevirt.launcher.image.StoredImage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "pull",
    description = {
      "Fetches a container disk: an image with one disk in /disk, or with a kernel in /boot.",
      "From a registry through skopeo, or from oci-archive:FILE, oci:DIRECTORY, docker-archive:FILE"
          + " without one."
    },
    footer = {
      "  launcher image pull quay.io/containerdisks/debian:13",
      "  launcher image pull oci-archive:guest.tar --name guest"
    })
final class ImagePullCommand implements Action {
  private final Session session;

  @Parameters(index = "0", paramLabel = "SOURCE", description = "What to fetch")
  String source = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What to call it here (default: its own name)")
  @Nullable String name;

  ImagePullCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() {
    ImageSource from = ImageSource.parse(source);
    String called = name == null ? ImageNames.of(source) : name;
    StoredImage image;
    try (Progress progress = session.progress("fetching " + called)) {
      image =
          session
              .workplace()
              .imageImport()
              .pull(from, ImageReference.parse(called), (step, _, _) -> progress.say(step));
    }
    session.out().object(ImageViews.images(Instant.now()), image);
    return DONE;
  }
}
