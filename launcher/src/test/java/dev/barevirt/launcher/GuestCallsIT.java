package dev.barevirt.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.api.launcher.LauncherCommand.OpenStream;
import dev.barevirt.qmp.wire.ByteStream;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a launcher can ask of one guest with an agent, a keyboard, a display, a watchdog and a panic
 * device, and how the guest answers.
 */
final class GuestCallsIT {
  private static final long DISK = 16L << 20;
  private static final String DEVICES =
      """
      "watchdog": {"name": "dog", "i6300esb": {"action": "reset"}},
      "panicDevices": [{"model": "pvpanic"}]
      """;

  @TempDir Path directory;

  @Test
  void aGuestIsSeenFrozenRebootedAndInterrupted() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      GuestReport begun =
          resident.call(new LauncherCommand.Sync(Requests.genericWithDisk(DEVICES, fileSystem())));
      assertThat(begun.phase()).as(resident.log()).isEqualTo(GuestPhase.RUNNING);
      try (SerialText console = resident.console()) {
        console.await("barevirt guest ready");
        seesTheDisplay(resident, console);
        freezesAndThaws(resident, console);
        rebootsThroughItsAgent(resident, console);
        rebootsByItsKeyboard(resident, console);
        isResetByItsWatchdog(resident, console);
        takesAnInterrupt(resident, console);
      }
      GuestReport end = resident.lastReport();
      assertThat(end.reason()).as("%s\n%s", end, resident.log()).isEqualTo(GuestReason.GUEST_PANIC);
    }
  }

  private void seesTheDisplay(ResidentProcess resident, SerialText console) throws Exception {
    console.run("for i in 1 2 3; do echo something to look at; done > /dev/tty1");
    Path file = directory.resolve("screen.png");
    resident.call(new LauncherCommand.Screenshot(file.toString()));
    BufferedImage picture = Objects.requireNonNull(ImageIO.read(file.toFile()));
    byte[] streamed =
        read(resident.open(new OpenStream(OpenStream.Stream.SCREENSHOT, false, false)));
    assertThat(size(Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(streamed)))))
        .isEqualTo(size(picture));
    assertThat(resident.machine().serialLog().resolveSibling("."))
        .isDirectoryNotContaining("glob:**screenshot*");
    int[] pixels = new int[picture.getWidth() * picture.getHeight()];
    picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), pixels, 0, picture.getWidth());
    assertThat(Arrays.stream(pixels).distinct().count()).as("colours").isGreaterThan(1);
    try (RfbViewer viewer =
        RfbViewer.over(resident.open(new OpenStream(OpenStream.Stream.VNC, false, false)))) {
      assertThat(viewer.name()).contains("QEMU");
      assertThat(viewer.width()).isEqualTo(picture.getWidth());
      assertThat(viewer.height()).isEqualTo(picture.getHeight());
      assertThat(viewer.colours()).hasSizeGreaterThan(1);
      console.run("for e in /dev/input/event*; do cat $e >> /tmp/keys & done");
      Awaitility.await()
          .atMost(ResidentProcess.PATIENCE)
          .until(
              () -> {
                viewer.press('a');
                return console.run("wc -c < /tmp/keys").matches("(?s).*\\s[1-9][0-9]*\\s.*");
              });
      console.run("pkill cat; for e in /dev/input/event*; do cat $e >> /tmp/moves & done");
      Awaitility.await()
          .atMost(ResidentProcess.PATIENCE)
          .until(
              () -> {
                resident.call(new LauncherCommand.MoveCursor());
                return console.run("wc -c < /tmp/moves").matches("(?s).*\\s[1-9][0-9]*\\s.*");
              });
    }
  }

  private static byte[] read(ByteStream stream) throws InterruptedException {
    try (stream) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      byte[] piece = new byte[8192];
      for (int length = stream.read(piece); length >= 0; length = stream.read(piece)) {
        all.write(piece, 0, length);
      }
      return all.toByteArray();
    }
  }

  private static String size(BufferedImage picture) {
    return picture.getWidth() + " x " + picture.getHeight();
  }

  private static void freezesAndThaws(ResidentProcess resident, SerialText console)
      throws Exception {
    assertThat(console.run("mount -t ext4 /dev/vda /mnt; cat /proc/mounts")).contains("/mnt ext4");
    Awaitility.await()
        .atMost(ResidentProcess.PATIENCE)
        .until(() -> resident.call(new LauncherCommand.Report()).guestUp());
    assertThat(resident.call(new LauncherCommand.AgentFreeze(null)).filesystems()).isEqualTo(1);
    console.run("{ echo written > /mnt/file; sync; echo written > /tmp/done; } & :");
    assertThat(console.run("cat /tmp/done")).doesNotContain("written");
    assertThat(resident.call(new LauncherCommand.AgentThaw()).filesystems()).isEqualTo(1);
    awaitInFile(console, "written");
    assertThat(resident.call(new LauncherCommand.AgentFreeze(1L)).filesystems()).isEqualTo(1);
    console.run("{ echo again > /mnt/file; sync; echo again > /tmp/done; } & :");
    awaitInFile(console, "again"); // nobody thawed
    console.run("umount /mnt");
  }

  private static void awaitInFile(SerialText console, String word) {
    Awaitility.await()
        .atMost(ResidentProcess.PATIENCE)
        .until(() -> console.run("cat /tmp/done").contains(word));
  }

  private static void rebootsThroughItsAgent(ResidentProcess resident, SerialText console)
      throws Exception {
    resident.call(new LauncherCommand.SoftReboot());
    console.await("barevirt guest stopping");
    console.await("barevirt guest ready");
    assertThat(resident.call(new LauncherCommand.Report()).phase()).isEqualTo(GuestPhase.RUNNING);
  }

  private static void rebootsByItsKeyboard(ResidentProcess resident, SerialText console)
      throws Exception {
    Awaitility.await()
        .atMost(ResidentProcess.PATIENCE)
        .until(() -> resident.call(new LauncherCommand.Report()).guestUp());
    console.run("kill $(cat /run/qemu-ga.pid)");
    Awaitility.await()
        .atMost(ResidentProcess.PATIENCE)
        .until(() -> !resident.call(new LauncherCommand.Report()).guestUp());
    resident.call(new LauncherCommand.SoftReboot());
    console.await("barevirt guest ready");
  }

  private static void isResetByItsWatchdog(ResidentProcess resident, SerialText console)
      throws Exception {
    console.type("watchdog -T 2 -t 60 /dev/watchdog\n");
    console.await("barevirt guest ready");
    assertThat(resident.call(new LauncherCommand.Report()).phase()).isEqualTo(GuestPhase.RUNNING);
  }

  private static void takesAnInterrupt(ResidentProcess resident, SerialText console)
      throws Exception {
    resident.call(new LauncherCommand.InjectNmi());
    Awaitility.await()
        .atMost(ResidentProcess.PATIENCE)
        .until(() -> console.run("dmesg | grep NMI").contains("NMI received"));
    console.run("echo 1 > /proc/sys/kernel/unknown_nmi_panic");
    resident.call(new LauncherCommand.InjectNmi());
  }

  /** A disk with an empty file system. */
  private Path fileSystem() throws IOException, InterruptedException {
    Path file = directory.resolve("data.img");
    try (var image = new RandomAccessFile(file.toFile(), "rw")) {
      image.setLength(DISK);
    }
    Process made = new ProcessBuilder("mkfs.ext4", "-q", file.toString()).inheritIO().start();
    assertThat(made.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(made.exitValue()).isZero();
    return file;
  }
}
