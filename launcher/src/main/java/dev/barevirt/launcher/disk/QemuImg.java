package dev.barevirt.launcher.disk;

import dev.barevirt.launcher.disk.DiskException.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes and changes images with {@code qemu-img}. Formats are always given, so that nothing is
 * probed; file names are absolute paths, in which a colon cannot be read as a protocol.
 */
public final class QemuImg {
  private static final Duration QUICK = Duration.ofSeconds(60);
  private static final Duration COPYING = Duration.ofHours(2);
  private static final int OUTPUT_LIMIT = 1 << 20;

  private final ProgramRunner runner;
  private final String program;

  /** Uses the given binary, by name or path. */
  public QemuImg(ProgramRunner runner, String program) {
    this.runner = runner;
    this.program = program;
  }

  /** Makes an empty image. The file must not exist. */
  public void create(Path image, DiskFormat format, long bytes) throws InterruptedException {
    String act = "making the disk " + shown(image);
    run(act, QUICK, "create", "-q", "-f", format.driver(), file(image), Long.toString(bytes));
  }

  /** Makes a qcow2 image that shows {@code backing} until it is written to. */
  public void createOverlay(Path overlay, DiskImage backing, long bytes)
      throws InterruptedException {
    run(
        "making the overlay " + shown(overlay),
        QUICK,
        "create",
        "-q",
        "-f",
        DiskFormat.QCOW2.driver(),
        "-F",
        backing.format().driver(),
        "-b",
        file(backing.path()),
        file(overlay),
        Long.toString(bytes));
  }

  /** Grows an image. */
  public void resize(Path image, DiskFormat format, long bytes) throws InterruptedException {
    String act = "resizing the disk " + shown(image);
    run(act, QUICK, "resize", "-q", "-f", format.driver(), file(image), Long.toString(bytes));
  }

  /** Copies an image into another format. */
  public void convert(Path from, DiskFormat fromFormat, Path to, DiskFormat toFormat)
      throws InterruptedException {
    run(
        "converting " + shown(from) + " to " + toFormat.driver(),
        COPYING,
        "convert",
        "-q",
        "-f",
        fromFormat.driver(),
        "-O",
        toFormat.driver(),
        file(from),
        file(to));
  }

  /** Names another backing file in an overlay without touching data: both must hold the same. */
  public void rebaseUnsafely(Path overlay, DiskImage backing) throws InterruptedException {
    run(
        "rebasing the overlay " + shown(overlay),
        QUICK,
        "rebase",
        "-q",
        "-u",
        "-f",
        DiskFormat.QCOW2.driver(),
        "-F",
        backing.format().driver(),
        "-b",
        file(backing.path()),
        file(overlay));
  }

  /** Writes what an overlay holds into the image beneath it; afterwards both show the same. */
  public void commit(Path overlay) throws InterruptedException {
    run(
        "merging the overlay " + shown(overlay),
        COPYING,
        "commit",
        "-q",
        "-f",
        DiskFormat.QCOW2.driver(),
        file(overlay));
  }

  /** What {@code qemu-img info} prints for an image of a known format, as JSON. */
  public String info(Path image, DiskFormat format) throws InterruptedException {
    return run(
        "reading the disk " + shown(image),
        QUICK,
        "info",
        "-U",
        "--output=json",
        "-f",
        format.driver(),
        file(image));
  }

  private String run(String act, Duration deadline, String... arguments)
      throws InterruptedException {
    var argv = new ArrayList<String>();
    argv.add(program);
    argv.addAll(List.of(arguments));
    ProgramRunner.Finished done = runner.run(new ProgramRunner.Call(argv, deadline, OUTPUT_LIMIT));
    if (done.exitCode() == 0) {
      return done.output();
    }
    String said = firstLine(done.errors().isBlank() ? done.output() : done.errors());
    throw new DiskException(reason(said), act + " failed: " + said);
  }

  private static Reason reason(String said) {
    String text = said.toLowerCase(Locale.ROOT);
    if (text.contains("no space left")) {
      return Reason.NO_SPACE;
    }
    if (text.contains("lock")) {
      return Reason.IN_USE;
    }
    if (text.contains("permission denied")) {
      return Reason.DENIED;
    }
    return text.contains("no such file") ? Reason.MISSING : Reason.TOOL_FAILED;
  }

  private static String firstLine(String text) {
    String line = text.strip().lines().findFirst().orElse("it said nothing");
    String prefix = "qemu-img: ";
    return Printable.of(line.startsWith(prefix) ? line.substring(prefix.length()) : line);
  }

  private static String file(Path path) {
    return path.toAbsolutePath().toString();
  }

  private static String shown(Path path) {
    return Printable.of(path.toString());
  }
}
