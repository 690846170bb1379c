package dev.barevirt.launcher.os;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.qmp.wire.OwnedFd;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DatagramSocketTest {
  private static final int LOOPBACK = 0x7f000001;

  @Test
  void sendsToAnAddress() throws Exception {
    try (DatagramSocket socket = new DatagramSocket(unbound());
        var other = new java.net.DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      socket.send("hello".getBytes(StandardCharsets.US_ASCII), LOOPBACK, other.getLocalPort());

      DatagramPacket packet = new DatagramPacket(new byte[64], 64);
      other.receive(packet);
      assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII))
          .isEqualTo("hello");
      other.send(packet);
      assertThat(socket.receive(3)).asString(StandardCharsets.US_ASCII).isEqualTo("hel");
    }
  }

  @Test
  void whoeverWaitsCanBeWoken() throws Exception {
    DatagramSocket socket = new DatagramSocket(unbound());
    CompletableFuture<byte[]> received = new CompletableFuture<>();
    Thread waiting =
        Thread.ofPlatform().daemon().start(() -> received.complete(socket.receive(100)));
    org.awaitility.Awaitility.await().until(() -> waiting.getState() == Thread.State.RUNNABLE);

    socket.wake();

    assertThat(received.get(20, TimeUnit.SECONDS)).isEmpty();
    socket.close();
  }

  private static OwnedFd unbound() {
    return OwnedFd.of((int) Syscall.SOCKET.orThrow("make a socket", 2, 2 | 02000000, 0));
  }
}
