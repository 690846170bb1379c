package dev.barevirt.virtctl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An API server of few words, on a real socket: canned answers, and websockets held by the test.
 */
final class FakeApi implements AutoCloseable {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final ServerSocket server;
  private final Map<String, ConcurrentLinkedDeque<Answer>> answers = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();

  /** What was asked. */
  record Asked(String line, Map<String, String> headers, String body) {}

  /** What is answered; a status of 101 makes a websocket of it. */
  static final class Answer {
    private final int status;
    private final String mediaType;
    private final byte[] body;

    Answer(int status, String mediaType, byte[] body) {
      this.status = status;
      this.mediaType = mediaType;
      this.body = body.clone();
    }
  }

  /** The server's end of a websocket. */
  record Peer(Socket socket) {
    /** The next message's bytes; a close frame's are empty. */
    byte[] read() throws IOException {
      InputStream in = socket.getInputStream();
      int opcode = in.read() & 0x0f;
      int length = in.read() & 0x7f;
      if (length == 126) {
        length = (in.read() << 8) | in.read();
      }
      byte[] mask = in.readNBytes(4);
      byte[] bytes = in.readNBytes(length);
      for (int i = 0; i < length; i++) {
        bytes[i] ^= mask[i % 4];
      }
      return opcode == 8 ? new byte[0] : bytes;
    }

    /** Reads until so much has come. */
    String readUntil(String expected) throws IOException {
      StringBuilder text = new StringBuilder();
      while (text.indexOf(expected) < 0) {
        byte[] more = read();
        if (more.length == 0) {
          throw new IOException("closed after: " + text);
        }
        text.append(new String(more, StandardCharsets.UTF_8));
      }
      return text.toString();
    }

    void write(String text) throws IOException {
      frame(0x82, text.getBytes(StandardCharsets.UTF_8));
    }

    void end(int code) throws IOException {
      frame(0x88, new byte[] {(byte) (code >> 8), (byte) code});
    }

    private void frame(int head, byte[] bytes) throws IOException {
      socket.getOutputStream().write(framed(head, bytes));
      socket.getOutputStream().flush();
    }

    private static byte[] framed(int head, byte[] bytes) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(head);
      out.write(bytes.length);
      out.writeBytes(bytes);
      return out.toByteArray();
    }
  }

  FakeApi() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  String address() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Answers a request line, each answer once and the last one ever after. */
  FakeApi on(String line, int status, String body) {
    String type = body.startsWith("{") ? "application/json" : "text/plain";
    return on(line, new Answer(status, type, body.getBytes(StandardCharsets.UTF_8)));
  }

  FakeApi on(String line, Answer answer) {
    answers.computeIfAbsent(line, key -> new ConcurrentLinkedDeque<>()).add(answer);
    return this;
  }

  /** Makes websockets of a path. */
  FakeApi streams(String path) {
    return streams(path, "");
  }

  /** Makes websockets of a path, whose first words come in one piece with the handshake. */
  FakeApi streams(String path, String greeting) {
    return on("GET " + path, new Answer(101, "", greeting.getBytes(StandardCharsets.UTF_8)));
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** The next websocket that is opened. */
  Peer peer() throws InterruptedException {
    Peer peer = peers.poll(30, TimeUnit.SECONDS);
    if (peer == null) {
      throw new AssertionError("no websocket was opened; asked was " + asked);
    }
    return peer;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try {
      while (answer(socket)) {
        // One more request on the same connection.
      }
    } catch (IOException _) {
      // The client has gone.
    }
  }

  private boolean answer(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    String line = line(in);
    if (line == null) {
      return false;
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    String request = line.substring(0, line.lastIndexOf(' '));
    asked.add(new Asked(request, headers, body));
    ConcurrentLinkedDeque<Answer> canned = answers.get(request);
    Answer answer =
        canned == null
            ? new Answer(404, "text/plain", new byte[0])
            : canned.size() > 1 ? canned.poll() : canned.peek();
    if (answer != null && answer.status == 101) {
      upgrade(socket, headers, answer.body);
      return false;
    }
    write(socket.getOutputStream(), answer);
    return true;
  }

  private static void write(OutputStream out, @Nullable Answer answer) throws IOException {
    if (answer == null) {
      return;
    }
    String head =
        "HTTP/1.1 %d Whatever\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(answer.status, answer.mediaType, answer.body.length);
    out.write(head.getBytes(StandardCharsets.UTF_8));
    out.write(answer.body);
    out.flush();
  }

  private void upgrade(Socket socket, Map<String, String> headers, byte[] greeting)
      throws IOException {
    String head =
        """
        HTTP/1.1 101 Switching Protocols\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Protocol: plain.kubevirt.io\r
        Sec-WebSocket-Accept: %s\r
        \r
        """
            .formatted(accepted(headers.getOrDefault("sec-websocket-key", "")));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    if (greeting.length > 0) {
      out.writeBytes(Peer.framed(0x82, greeting));
    }
    socket.getOutputStream().write(out.toByteArray());
    socket.getOutputStream().flush();
    peers.add(new Peer(socket));
  }

  private static String accepted(String key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      return Base64.getEncoder()
          .encodeToString(digest.digest((key + MAGIC).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return null;
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
