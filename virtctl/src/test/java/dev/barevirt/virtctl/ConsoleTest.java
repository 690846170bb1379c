package dev.barevirt.virtctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConsoleTest {
  private static final String PATH =
      "/apis/subresources.kubevirt.io/v1/namespaces/ns/virtualmachineinstances/vm/console";

  private FakeApi api;
  private CommandLine line;
  private PipedOutputStream keys;

  @BeforeEach
  void start() throws IOException {
    api = new FakeApi();
    keys = new PipedOutputStream();
    line = CommandLine.to(api).typing(new PipedInputStream(keys));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void passesKeysAndBytesUntilTheEscapeKey() throws Exception {
    api.streams(PATH);
    CompletableFuture<Integer> status = run();
    FakeApi.Peer guest = api.peer();

    type("ls\r");
    assertThat(guest.readUntil("ls\r")).isEqualTo("ls\r");
    guest.write("file\r\n");
    await().until(() -> line.out().equals("file\r\n"));
    type("exit\u001dnever");

    assertThat(guest.readUntil("exit")).isEqualTo("exit");
    assertThat(guest.read()).as("the close frame").isEmpty();
    guest.end(1000);
    assertThat(status.get(30, TimeUnit.SECONDS)).isZero();
    assertThat(line.out()).isEqualTo("file\r\n");
    assertThat(line.err())
        .isEqualTo(
            "Successfully connected to vm console. Press Ctrl+] or Ctrl+5 to exit console.\n");
    assertThat(api.asked().getFirst().headers())
        .containsEntry("sec-websocket-protocol", "plain.kubevirt.io");
  }

  @Test
  void waitsForAnInstanceThatDoesNotRunYet() throws Exception {
    api.on("GET " + PATH, 400, "VMI is not running")
        .on("GET " + PATH, 400, "VMI is not running")
        .streams(PATH);
    CompletableFuture<Integer> status = run();

    api.peer().end(1000);

    assertThat(status.get(30, TimeUnit.SECONDS)).isZero();
    assertThat(line.waited()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void givesUpWhenTheTimeIsOver() {
    api.on("GET " + PATH, 400, "VMI is not running");

    assertThat(line.run("console", "vm", "--timeout", "1")).isEqualTo(1);
    assertThat(line.err())
        .contains(
            "Timeout trying to connect to the virtual machine instance", "VMI is not running");
    assertThat(line.waited()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void anyOtherRefusalEndsItAtOnce() {
    api.on(
        "GET " + PATH,
        404,
        "{\"kind\":\"Status\",\"message\":\"virtualmachineinstance.kubevirt.io \\\"vm\\\" not found\"}");

    assertThat(line.run("console", "vm")).isEqualTo(1);
    assertThat(line.err()).contains("virtualmachineinstance.kubevirt.io \"vm\" not found");
    assertThat(line.waited()).isZero();
  }

  @Test
  void aConsoleThatIsTakenAwayIsAFailure() throws Exception {
    api.streams(PATH);
    CompletableFuture<Integer> status = run();

    api.peer().socket().close();

    assertThat(status.get(30, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(line.err()).contains("the console was closed");
  }

  private CompletableFuture<Integer> run() {
    return CompletableFuture.supplyAsync(() -> line.run("console", "vm"));
  }

  private void type(String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }
}
