package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.output.Progress;
import dev.barevirt.launcher.disk.DiskFormat;
import dev.barevirt.launcher.disk.DiskImage;
import dev.barevirt.launcher.disk.ImageInspection;
import dev.barevirt.launcher.image.ImageReference;
import dev.barevirt.launcher.image.ImageStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "convert",
    description = "Writes the disk of an image, or a disk file, to a new file in another format.",
    footer = {
      "  launcher image convert debian-13 debian.raw",
      "  launcher image convert ./disk.raw disk.qcow2 --format qcow2"
    })
final class ImageConvertCommand implements Action {
  private final Session session;

  @Parameters(index = "0", paramLabel = "SOURCE", description = "An image of the store, or a file")
  String source = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "The new file")
  String target = "";

  @Option(
      names = "--format",
      paramLabel = "raw|qcow2",
      description = "The format (default: by the new file's ending)")
  @Nullable DiskFormat format;

  ImageConvertCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    Path to = NewFile.named(session, target);
    Path from = from();
    DiskImage image =
        new ImageInspection(ImageInspection.Links.FOLLOWED)
            .inspect(from, null, ImageInspection.Trust.DETECT);
    boolean qcow2 = target.toLowerCase(Locale.ROOT).endsWith(".qcow2");
    DiskFormat wanted = format != null ? format : qcow2 ? DiskFormat.QCOW2 : DiskFormat.RAW;
    try (Progress _ = session.progress("writing " + to)) {
      session.workplace().qemuImg().convert(from, image.format(), to, wanted);
    }
    session.out().line(to.toString());
    return DONE;
  }

  private Path from() {
    Path file = Path.of(session.files().absolute(source));
    if (Files.exists(file)) {
      return file;
    }
    ImageStore store = session.workplace().imageStore();
    var image = store.get(ImageReference.parse(source));
    return store.disk(image).orElse(file);
  }
}
