package dev.barevirt.virtctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StreamsTest {
  private static final String VMI =
      "/apis/subresources.kubevirt.io/v1/namespaces/other/virtualmachineinstances/vm/";

  @TempDir private Path folder;
  private FakeApi api;
  private CommandLine line;

  @BeforeEach
  void start() throws IOException {
    api = new FakeApi();
    line = CommandLine.to(api).in(folder);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void standardInputAndOutputAreAPortOfTheGuest() throws Exception {
    PipedOutputStream keys = new PipedOutputStream();
    line.typing(new PipedInputStream(keys));
    api.streams(VMI + "portforward/22/tcp");
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(
            () -> line.run("port-forward", "--stdio=true", "vmi/vm/other", "22"));
    FakeApi.Peer guest = api.peer();

    keys.write("SSH-2.0-a\r\n".getBytes(StandardCharsets.UTF_8));
    keys.flush();
    assertThat(guest.readUntil("\n")).isEqualTo("SSH-2.0-a\r\n");
    guest.write("SSH-2.0-b\r\n");
    guest.end(1000);

    assertThat(status.get(30, TimeUnit.SECONDS)).isZero();
    assertThat(line.out()).isEqualTo("SSH-2.0-b\r\n");
  }

  @Test
  void oneViewerLooksThroughALocalPort() throws Exception {
    PipedInputStream printed = new PipedInputStream();
    api.streams("%svnc?preserveSession=true".formatted(VMI), "RFB 003.008\n");
    line.printing(new PipedOutputStream(printed));
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(
            () -> line.run("vnc", "vm", "-n", "other", "--proxy-only", "--preserve-session"));
    FakeApi.Peer screen = api.peer();

    String port = lineOf(printed).replaceAll("\\{\"port\":(\\d+)}", "$1");
    try (Socket viewer = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
      assertThat(viewer.getInputStream().readNBytes(12)).asString().isEqualTo("RFB 003.008\n");
      viewer.getOutputStream().write("RFB 003.008\n".getBytes(StandardCharsets.UTF_8));
      assertThat(screen.readUntil("\n")).isEqualTo("RFB 003.008\n");
      screen.end(1000);
      assertThat(status.get(30, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void aScreenThatIsRefusedIsSaidBeforeAPortIsPrinted() {
    api.on("GET " + VMI + "vnc?preserveSession=false", 400, "No graphics devices are present.");

    assertThat(line.run("vnc", "vm", "-n", "other", "--proxy-only")).isEqualTo(1);
    assertThat(line.out()).isEmpty();
    assertThat(line.err()).contains("Can't access VMI vm:", "No graphics devices are present.");
  }

  @Test
  void aScreenshotIsWrittenAsItCame() throws Exception {
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', 0, 1, (byte) 0xff};
    api.on(
        "GET " + VMI + "vnc/screenshot?moveCursor=false",
        new FakeApi.Answer(200, "image/png", png));

    assertThat(line.run("vnc", "screenshot", "vm", "-n", "other", "-f", "screen.png")).isZero();
    assertThat(folder.resolve("screen.png")).hasBinaryContent(png);
  }

  @Test
  void sshIsToldHowToGetThere() throws Exception {
    Path ssh = program("ssh", "#!/bin/sh\nprintf '%s\\n' \"$@\" >said\nexit 7\n");

    int status =
        line.with("PATH", ssh.getParent() + ":/usr/bin:/bin")
            .with("HOME", "/home/me")
            .run(
                "ssh",
                "debian@vm/web/other",
                "-i",
                "key",
                "-t",
                "-oBatchMode=yes",
                "-c",
                "up time");

    assertThat(status).as("the status of ssh").isEqualTo(7);
    assertThat(folder.resolve("said"))
        .hasContent(
            """
            -o
            ProxyCommand='/opt/my bin/virtctl' --namespace=ns --server=%s port-forward --stdio=true vm/web/other 22
            -o
            UserKnownHostsFile=/home/me/.ssh/kubevirt_known_hosts
            -i
            key
            -oBatchMode=yes
            debian@vm.web.other
            up time
            """
                .formatted(api.address()));
  }

  @Test
  void scpKnowsWhichSideIsTheGuest() throws Exception {
    Path scp = program("scp", "#!/bin/sh\nprintf '%s\\n' \"$@\" >said\n");
    line.with("PATH", scp.getParent() + ":/usr/bin:/bin");

    assertThat(line.run("scp", "-r", "-l", "me", "vmi/vm:/etc/hosts", "./here")).isZero();
    assertThat(Files.readAllLines(folder.resolve("said")))
        .endsWith("-r", "me@vmi.vm.ns:/etc/hosts", "./here");
    assertThat(line.run("scp", "a", "b")).isEqualTo(1);
    assertThat(line.err()).contains("remote location");
  }

  @Test
  void portsAndTargetsAreCheckedBeforeAnythingIsOpened() {
    assertThat(line.run("port-forward", "vm", "80")).isEqualTo(1);
    assertThat(line.run("port-forward", "vmi/vm", "80:0")).isEqualTo(1);
    assertThat(line.run("port-forward", "vmi/vm", "70000")).isEqualTo(1);
    assertThat(line.run("port-forward", "node/vm", "80")).isEqualTo(1);
    assertThat(line.err())
        .contains("separated by '/'", "no port 0", "between 1 and 65535", "vm or vmi");
    assertThat(api.asked()).isEmpty();
  }

  private Path program(String name, String text) throws IOException {
    Path file = Files.createDirectories(folder.resolve("bin")).resolve(name);
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private static String lineOf(PipedInputStream printed) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = printed.read(); c != '\n' && c >= 0; c = printed.read()) {
      line.append((char) c);
    }
    return line.toString();
  }
}
