package dev.barevirt.control.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A port that a stream leads to. */
final class Guest implements AutoCloseable {
  private static final int BACKLOG = 512;
  private static final Duration STUCK = Duration.ofMillis(500);
  private static final long MOST = 128L << 20;

  private final ServerSocket listening;

  Guest() throws IOException {
    listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
  }

  int port() {
    return listening.getLocalPort();
  }

  /** The next connection. */
  Socket accept() throws IOException {
    Socket accepted = listening.accept();
    accepted.setSoTimeout((int) TestFront.PATIENCE.toMillis());
    return accepted;
  }

  /** Makes a front lead its streams here. */
  void behind(TestFront front, Liveness liveness) {
    front.answer(
        _ ->
            new Answer.Stream(
                front.dialer().tcp("127.0.0.1", port(), TestFront.PATIENCE), liveness));
  }

  /** Writes to all until none takes more for a while; how much each took. */
  static List<Long> floodUntilStuck(List<Socket> sockets) throws InterruptedException {
    List<AtomicLong> taken = sockets.stream().map(_ -> new AtomicLong()).toList();
    for (int i = 0; i < sockets.size(); i++) {
      flood(sockets.get(i), taken.get(i));
    }
    CountDownLatch never = new CountDownLatch(1);
    long before = -1;
    for (long now = 0; now != before; now = taken.stream().mapToLong(AtomicLong::get).sum()) {
      before = now;
      boolean _ = never.await(STUCK.toMillis(), TimeUnit.MILLISECONDS);
    }
    return taken.stream().map(AtomicLong::get).toList();
  }

  private static void flood(Socket socket, AtomicLong taken) {
    byte[] block = new byte[64 << 10];
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                OutputStream out = socket.getOutputStream();
                while (taken.get() < MOST) {
                  out.write(block);
                  taken.addAndGet(block.length);
                }
              } catch (IOException _) {
                // The test is over.
              }
            });
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
