package dev.barevirt.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.launcher.cli.CliProcess.Ended;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A whole Debian: logged in to, copied to and from, its ports forwarded, its screen looked at. */
final class DebianGuestIT {
  private static final Duration BOOT = Duration.ofMinutes(8);

  /** Ends well when the password of root, hashed as it is kept, is the one that is kept. */
  private static final String IS_PASSWORD =
      "@root = getpwnam('root'); exit(crypt('hunter2', $root[1]) ne $root[1])";

  private static final String CREDENTIALS =
      """
        accessCredentials:
        - sshPublicKey:
            source: {secret: {secretName: keys}}
            propagationMethod: {noCloud: {}}
        - userPassword:
            source: {secret: {secretName: passwords}}
            propagationMethod: {qemuGuestAgent: {}}
      """;
  private static final String SECOND_PORT =
      "printf 'Port 22\\nPort 2222\\n' >/etc/ssh/sshd_config.d/ports.conf; systemctl restart ssh";

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
  void isReachedInEveryWay() throws Exception {
    boot();

    Ended ssh = cli.run("ssh", "-i", "key", "deb", "--", "sh", "-c", "'hostname; exit 3'");
    assertThat(ssh.code()).as("%s", ssh).isEqualTo(3);
    assertThat(ssh.out()).contains("deb");

    Files.writeString(cli.directory().resolve("sent"), "over scp");
    done("cp", "--identity", "key", "sent", "deb:/root/received");
    Ended exec = done("exec", "deb", "--", "cat", "/root/received");
    assertThat(exec.out()).isEqualTo("over scp");
    assertThat(cli.feed("fed", "exec", "-i", "deb", "--", "tee", "/root/fed").out())
        .isEqualTo("fed");
    done("cp", "--agent", "deb:/root/fed", "fetched");
    assertThat(cli.directory().resolve("fetched")).hasContent("fed");

    Ended withSecret = cli.run("ssh", "-i", "secret-key", "deb", "--", "true");
    assertThat(withSecret.code()).as("%s", withSecret).isZero();
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> cli.run("exec", "deb", "--", "perl", "-e", IS_PASSWORD).code() == 0);

    assertThat(done("guestinfo", "deb").out()).contains("Debian");
    assertThat(firstLine("SSH-2.0", "port-forward", "deb", "0:22")).isEqualTo("SSH-2.0");
    done("exec", "deb", "--", "sh", "-c", SECOND_PORT);
    assertThat(firstLine("SSH-2.0", "port-forward", "-i", "key", "deb", "0:2222"))
        .isEqualTo("SSH-2.0"); // a port that was not published
    assertThat(firstLine("RFB 003", "vnc", "deb")).startsWith("RFB 003");
    Path picture = cli.directory().resolve("screen.png");
    done("screenshot", "deb", picture.toString());
    assertThat(Files.readAllBytes(picture)).startsWith(0x89, 'P', 'N', 'G');
  }

  private void boot() throws Exception {
    makeKey("key");
    Path secret = Files.createDirectory(cli.directory().resolve("secret"));
    Files.copy(Path.of(makeKey("secret-key") + ".pub"), secret.resolve("mine.pub"));
    Files.copy(Path.of(MicroGuest.file("debian-13.qcow2")), cli.directory().resolve("disk.qcow2"));
    Path passwords = Files.createDirectory(cli.directory().resolve("passwords"));
    Files.writeString(passwords.resolve("root"), "hunter2\n");
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String manifest =
        done(
                "run",
                "--dry-run=spec",
                "--name",
                "deb",
                "--memory",
                "512Mi",
                "--cpus",
                "2",
                "--disk",
                "disk.qcow2",
                "--ssh-key",
                "key.pub",
                "-p",
                port + ":22",
                "--vnc")
            .out();
    Files.writeString(
        cli.directory().resolve("deb.yaml"),
        manifest
            .replace("\nspec:\n", "\nspec:\n" + CREDENTIALS)
            .replace(
                "annotations:\n",
                "annotations:\n    launcher.barevirt.dev/files.keys: "
                    + secret
                    + "\n    launcher.barevirt.dev/files.passwords: "
                    + passwords
                    + "\n"));
    Ended run =
        cli.patient(BOOT).run("run", "-d", "-f", "deb.yaml", "--wait", "ssh", "--timeout", "7m");
    assertThat(run.code()).as("%s\n%s", run, cli.run("logs", "deb").out()).isZero();
  }

  private Path makeKey(String name) throws Exception {
    Path key = cli.directory().resolve(name);
    Process made =
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
            .start();
    assertThat(made.waitFor()).isZero();
    return key;
  }

  private Ended done(String... arguments) throws Exception {
    Ended ended = cli.run(arguments);
    assertThat(ended.code()).as("%s", ended).isZero();
    return ended;
  }

  /** What comes first from a port that a command serves until it is ended. */
  private String firstLine(String greeting, String... command) throws Exception {
    Process serving = cli.start(command);
    try (var said =
        new BufferedReader(
            new InputStreamReader(serving.getInputStream(), StandardCharsets.UTF_8))) {
      String line = said.readLine();
      assertThat(line).as("what %s says", command[0]).isNotNull();
      int port = Integer.parseInt(line.replaceFirst(".*127\\.0\\.0\\.1:(\\d+).*", "$1"));
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(60_000);
        return new String(
            socket.getInputStream().readNBytes(greeting.length()), StandardCharsets.US_ASCII);
      }
    } finally {
      serving.destroy();
      serving.waitFor();
    }
  }
}
