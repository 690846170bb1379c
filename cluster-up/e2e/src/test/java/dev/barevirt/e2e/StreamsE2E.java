package dev.barevirt.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One guest's console, screen and ports, through the API server and the node's agent. */
class StreamsE2E {
  @RegisterExtension static final Cluster CLUSTER = new Cluster();

  private static final Duration BOOT = Duration.ofMinutes(3);

  /** The cursor blinks, and has fewer pixels than this. */
  private static final int MORE_THAN_A_CURSOR = 200;

  private static final String GUEST = "screen-and-usb";
  private static final Path EXAMPLE =
      Cluster.CLUSTER_UP.resolveSibling("docs/examples/cluster").resolve(GUEST + ".yaml");

  @BeforeAll
  static void boots() throws IOException {
    CLUSTER.apply(Files.readString(EXAMPLE));
    CLUSTER.await(
        CLUSTER.instance(GUEST),
        "the instance runs",
        it -> "Running".equals(it.get("status", "phase")),
        BOOT);
    try (Console console = console()) {
      console.typeUntil("echo a$((6 * 7))b", "a42b");
    }
  }

  @Test
  void theConsoleCarriesBothWaysAndHasOneViewer() {
    try (Console former = console()) {
      former.typeUntil("echo c$((6 * 7))d", "c42d");
      try (Console console = console()) {
        console.typeUntil("echo e$((6 * 7))f", "e42f");
        assertThat(former.text()).doesNotContain("e42f");
      }
    }
  }

  @Test
  void aScreenshotShowsWhatTheGuestWrites() throws IOException {
    long before = lit(screenshot(""));
    assertThat(before).as("pixels that are not black").isPositive();
    try (Console console = console()) {
      console.typeUntil(
          "for i in 1 2 3 4 5 6; do echo '[[[[[[[['; done > /dev/tty1; echo w$((6 * 7))n", "w42n");
    }
    Cluster.eventually(
        "the screen shows what was written to it",
        () -> lit(screenshot("?moveCursor=true")) > before + MORE_THAN_A_CURSOR);
  }

  @Test
  void theDisplaySpeaksRfb() throws IOException {
    try (GuestStream display = stream("vnc")) {
      String version = new String(display.read(12), StandardCharsets.US_ASCII);
      assertThat(version).startsWith("RFB 003.");
      display.send("RFB 003.008\n".getBytes(StandardCharsets.US_ASCII));
      byte[] kinds = display.read(display.read(1)[0]);
      assertThat(kinds).contains(1);
      display.send((byte) 1);
      assertThat(display.read(4)).containsExactly(0, 0, 0, 0);
      display.send((byte) 1);
      ByteBuffer begin = ByteBuffer.wrap(display.read(24));
      int width = begin.getShort(0);
      int height = begin.getShort(2);
      String name = new String(display.read(begin.getInt(20)), StandardCharsets.UTF_8);
      assertThat(name).contains("QEMU");

      BufferedImage picture = screenshot("");
      assertThat(picture.getWidth()).isEqualTo(width);
      assertThat(picture.getHeight()).isEqualTo(height);
      assertThat(catchThrowable(() -> stream("vnc?preserveSession=true").close()))
          .cause()
          .isInstanceOfSatisfying(
              WebSocketHandshakeException.class,
              refused -> assertThat(refused.getResponse().code()).isEqualTo(503));
    }
  }

  @Test
  void aUsbPortGreetsWhoeverLendsADevice() {
    try (GuestStream port = stream("usbredir")) {
      assertThat(new String(port.read(80), StandardCharsets.ISO_8859_1))
          .contains("qemu usb-redir guest");
    }
  }

  @Test
  void aPortOfTheGuestIsForwarded() {
    for (String port : new String[] {"portforward/80", "portforward/80/tcp"}) {
      try (GuestStream web = stream(port)) {
        web.send("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(web.read(12), StandardCharsets.US_ASCII)).startsWith("HTTP/1.");
      }
    }
  }

  @Test
  void whatCannotBeIsToldByCodeAndSentence() {
    assertThat(text(get("vsock?port=1"))).contains("ask for it by websocket");
    HttpResponse<byte[]> facts = get("guestosinfo");
    assertThat(facts.code()).isEqualTo(409);
    assertThat(text(facts)).contains("VMI does not have guest agent connected");
    assertThat(text(get("objectgraph"))).contains("ObjectGraph feature gate not enabled");
    assertThat(text(get("sev/fetchcertchain")))
        .contains("sev/fetchcertchain is not supported by this version");
  }

  private static Console console() {
    return Console.of(CLUSTER.client(), CLUSTER.namespace(), GUEST);
  }

  private static GuestStream stream(String what) {
    return GuestStream.of(CLUSTER.client(), CLUSTER.namespace(), GUEST, what);
  }

  private static BufferedImage screenshot(String query) throws IOException {
    HttpResponse<byte[]> answer = get("vnc/screenshot" + query);
    assertThat(answer.code()).as(text(answer)).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("image/png");
    return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(answer.body())));
  }

  /** How many pixels are not black. */
  private static long lit(BufferedImage picture) {
    int width = picture.getWidth();
    int[] pixels = picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
    return Arrays.stream(pixels).filter(pixel -> (pixel & 0xFFFFFF) != 0).count();
  }

  private static HttpResponse<byte[]> get(String what) {
    HttpClient client = CLUSTER.client().getHttpClient();
    String base =
        "/apis/subresources.kubevirt.io/v1/namespaces/%s/virtualmachineinstances/%s/"
            .formatted(CLUSTER.namespace(), GUEST);
    URI uri = URI.create(CLUSTER.client().getMasterUrl().toString()).resolve(base + what);
    return client
        .sendAsync(client.newHttpRequestBuilder().uri(uri).build(), byte[].class)
        .orTimeout(BOOT.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
