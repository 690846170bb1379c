package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import dev.barevirt.launcher.cli.output.Progress;
import dev.barevirt.launcher.image.ImageReference;
import dev.barevirt.launcher.image.StoredImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    description = "Copies a qcow2 or raw disk file into the store, where machines can stand on it.",
    footer = {
      "  launcher image import debian-13.qcow2",
      "  launcher image import disk.raw --name mine:1"
    })
final class ImageImportCommand implements Action {
  private final Session session;

  @Parameters(index = "0", paramLabel = "FILE", description = "The disk file")
  String file = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What to call it (default: the file's name)")
  @Nullable String name;

  ImageImportCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() {
    Path path = Path.of(session.files().absolute(file));
    if (!Files.isRegularFile(path)) {
      throw CliFailure.of(ExitCode.IMAGE, "there is no file " + path);
    }
    ImageReference called = ImageReference.parse(name == null ? ImageNames.ofFile(file) : name);
    StoredImage image;
    try (Progress progress = session.progress("importing " + file)) {
      image =
          session
              .workplace()
              .imageImport()
              .importFile(path, called, (step, _, _) -> progress.say(step));
    }
    session.out().object(ImageViews.images(Instant.now()), image);
    return DONE;
  }
}
