package dev.barevirt.qmp;

import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.RawJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A monitor, or a guest agent, that does as a test tells it: answers, refuses, is late, goes
 * silent, babbles, cuts its words into single bytes, or hangs up in the middle of one.
 */
public final class FakeQemu implements AutoCloseable {
  private static final String GREETING =
      "{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 22, \"minor\": 2, \"major\": 7}, "
          + "\"package\": \"fake\"}, \"capabilities\": [\"oob\"]}}";

  private final Path directory;
  private final Path socket;
  private final ServerSocketChannel listener;
  private final boolean agent;
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final List<Session> sessions = new CopyOnWriteArrayList<>();
  private final List<Json> received = new CopyOnWriteArrayList<>();
  private volatile String greeting = GREETING;
  private volatile boolean bytewise;
  private volatile int hangUpAfter = Integer.MAX_VALUE;

  /** What to do when a command comes; runs on the thread that reads from that client. */
  @FunctionalInterface
  public interface Script {
    /** Does it. */
    void run(Call call) throws IOException, InterruptedException;
  }

  /** One command that came. */
  public static final class Call {
    private final Session session;
    private final Json request;

    private Call(Session session, Json request) {
      this.session = session;
      this.request = request;
    }

    /** The command's arguments. */
    public Json arguments() {
      return request.at("arguments");
    }

    /** Answers with JSON. */
    public void reply(String value) throws IOException {
      session.say("{\"return\": " + value + id() + "}\r\n");
    }

    /** Answers that it won't. */
    public void refuse(String errorClass, String description) throws IOException {
      Json error = Json.object().with("class", errorClass).with("desc", description).build();
      session.say("{\"error\": " + error + id() + "}\r\n");
    }

    /** Says something that is not the answer. */
    public void say(String text) throws IOException {
      session.say(text);
    }

    /** Sends bytes as they are. */
    public void say(byte[] bytes) throws IOException {
      session.write(bytes);
    }

    /** Ends the connection. */
    public void hangUp() throws IOException {
      session.channel.close();
    }

    private String id() {
      Json id = request.at("id");
      return id.isPresent() ? ", \"id\": " + id : "";
    }
  }

  private FakeQemu(boolean agent) throws IOException {
    this.agent = agent;
    this.directory = Files.createTempDirectory(Path.of("/tmp"), "bv");
    this.socket = directory.resolve("s");
    this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket));
  }

  /** A monitor that negotiates, and refuses every command it has not been told about. */
  public static FakeQemu start() throws IOException {
    FakeQemu fake = new FakeQemu(false);
    fake.on("qmp_capabilities", call -> call.reply("{}"));
    fake.listen();
    return fake;
  }

  /** A guest agent that synchronises, and refuses every command it has not been told about. */
  public static FakeQemu startAgent() throws IOException {
    FakeQemu fake = new FakeQemu(true);
    fake.greeting = "";
    fake.on(
        "guest-sync-delimited",
        call -> {
          call.say(new byte[] {(byte) 0xFF});
          call.reply(call.arguments().at("id").toString());
        });
    fake.listen();
    return fake;
  }

  /** Where it listens. */
  public Path socket() {
    return socket;
  }

  /** Does something when a command comes. */
  public FakeQemu on(String command, Script script) {
    scripts.put(command, script);
    return this;
  }

  /** Answers a command with JSON. */
  public FakeQemu answering(String command, String value) {
    return on(command, call -> call.reply(value));
  }

  /** Greets with something else; "" for nothing. */
  public FakeQemu greeting(String text) {
    greeting = text;
    return this;
  }

  /** From now on sends every byte by itself. */
  public FakeQemu byteByByte() {
    bytewise = true;
    return this;
  }

  /**
   * Hangs up once it has read so many bytes: when more were on their way, the other end sees a
   * reset instead of an end.
   */
  public FakeQemu hangingUpAfter(int bytes) {
    hangUpAfter = bytes;
    return this;
  }

  /** Tells every client that something happened. */
  public void emit(String event, String data) throws IOException {
    say("{\"event\": \"" + event + "\", \"data\": " + data + ", " + timestamp() + "}\r\n");
  }

  /** An event's time, as it stands in the event. */
  public static String timestamp() {
    return "\"timestamp\": {\"seconds\": 1764000000, \"microseconds\": 250000}";
  }

  /** Says something to every client. */
  public void say(String text) throws IOException {
    for (Session session : sessions) {
      session.say(text);
    }
  }

  /** The commands that came, in order. */
  public List<Json> received() {
    return List.copyOf(received);
  }

  /** The names of the commands that came, in order. */
  public List<String> names() {
    return received.stream().map(FakeQemu::name).toList();
  }

  private static String name(Json request) {
    return request.at("execute").text() + request.at("exec-oob").text();
  }

  /** A script that waits for a latch and then answers. */
  public static Script afterwards(CountDownLatch latch, String value) {
    return call -> {
      latch.await();
      call.reply(value);
    };
  }

  private void listen() {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  Session session = new Session(listener.accept());
                  sessions.add(session);
                  Thread.ofVirtual().start(session::converse);
                }
              } catch (IOException _) {
                // The test is over.
              }
            });
  }

  /** Ends every connection and stops listening. */
  @Override
  public void close() {
    try {
      listener.close();
      for (Session session : sessions) {
        session.channel.close();
      }
      Files.deleteIfExists(socket);
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One client. */
  private final class Session {
    private final SocketChannel channel;

    Session(SocketChannel channel) {
      this.channel = channel;
    }

    void say(String text) throws IOException {
      write(text.getBytes(StandardCharsets.UTF_8));
    }

    synchronized void write(byte[] bytes) throws IOException {
      int step = bytewise ? 1 : bytes.length;
      for (int at = 0; at < bytes.length; at += step) {
        ByteBuffer piece = ByteBuffer.wrap(bytes, at, step);
        while (piece.hasRemaining()) {
          channel.write(piece);
        }
      }
    }

    void converse() {
      try {
        if (!greeting.isEmpty()) {
          say(greeting + "\r\n");
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteBuffer one = ByteBuffer.allocate(1);
        for (int read = 0; read < hangUpAfter; read++) {
          if (channel.read(one.clear()) < 0) {
            return;
          }
          byte b = one.get(0);
          if (b == (byte) 0xFF && agent) {
            line.reset();
          } else if (b == '\n') {
            serve(Json.parse(line.toString(StandardCharsets.UTF_8)));
            line.reset();
          } else {
            line.write(b);
          }
        }
        channel.close();
      } catch (IOException _) {
        // The client, or the test, has gone.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void serve(Json request) throws IOException, InterruptedException {
      received.add(request);
      Script script = scripts.get(name(request));
      Call call = new Call(this, request);
      if (script == null) {
        call.refuse("CommandNotFound", "The command " + name(request) + " has not been found");
      } else {
        script.run(call);
      }
    }
  }

  /** JSON of about so many bytes. */
  public static RawJson big(int bytes) {
    return RawJson.of("[\"" + "x".repeat(bytes) + "\"]");
  }
}
