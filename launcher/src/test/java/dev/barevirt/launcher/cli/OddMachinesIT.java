package dev.barevirt.launcher.cli;

import static dev.barevirt.launcher.cli.CliIT.assertNothingIsLeft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.launcher.cli.CliProcess.Ended;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Machines out of the ordinary, with the real command line and real QEMU. */
final class OddMachinesIT {
  private static final String READY = "serial:barevirt guest ready";

  private CliProcess cli;

  @BeforeEach
  void start() throws Exception {
    cli = CliProcess.inItsOwnDirectory();
  }

  @AfterEach
  void cleanUp() throws Exception {
    cli.end();
  }

  @Test
  void refusesADirectoryTooDeepForSockets() throws Exception {
    Path deep = cli.directory().resolve("run/" + "x".repeat(100));

    Ended run = cli.run(MicroGuest.run("deep", "", "-d", "--runtime-dir", deep.toString()));

    assertThat(run.code()).as("%s", run).isNotZero();
    assertThat(run.err()).contains("the socket path " + deep, "choose a shorter directory");
    assertThat(run.err().lines()).as("%s", run).hasSizeLessThanOrEqualTo(2);
    assertNothingIsLeft(cli);
  }

  @Test
  void keepsNoConsoleWhenToldSo() throws Exception {
    Ended run =
        cli.run(
            MicroGuest.run(
                "quiet",
                "",
                "-d",
                "--set",
                "spec.domain.devices.logSerialConsole=false",
                "--wait",
                READY));
    assertThat(run.code()).as("%s", run).isZero();

    assertThat(cli.run("logs", "quiet").err()).contains("is not kept: logSerialConsole is false");
    assertThat(cli.machine("quiet").resolve("serial.log")).doesNotExist();
    Ended console = cli.feed("\necho still-$((40 + 2))\n", "console", "quiet");
    assertThat(console.out()).as("%s", console).contains("still-42");
  }

  @Test
  void twoGuestsSeeOneShareableDisk() throws Exception {
    Path disk = cli.directory().resolve("shared.img");
    try (var file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.setLength(1 << 20);
    }
    for (String name : new String[] {"writer", "reader"}) {
      Files.writeString(
          cli.directory().resolve(name + ".yaml"), withShareable(cli.run(plain(name, disk)).out()));
      Ended run = cli.run("run", "-d", "-f", name + ".yaml", "--wait", READY);
      assertThat(run.code()).as("%s", run).isZero();
    }

    cli.feed("\necho seen by both > /dev/vda; sync; echo wrote-$((40 + 2))\n", "console", "writer");
    Ended read = cli.feed("\nhead -n 1 /dev/vda; echo read-$((40 + 2))\n", "console", "reader");

    assertThat(read.out()).as("%s", read).contains("seen by both");
  }

  private static String[] plain(String name, Path disk) {
    return MicroGuest.run(
        name, "", "--headless", "--disk", disk + ",name=both,cache=none", "--dry-run=spec");
  }

  private static String withShareable(String manifest) {
    assertThat(manifest).contains("name: both");
    return manifest.replaceFirst("( *)(- )?name: both\n", "$0$1  shareable: true\n");
  }
}
