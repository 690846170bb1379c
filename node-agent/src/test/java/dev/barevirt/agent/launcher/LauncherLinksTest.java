package dev.barevirt.agent.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.api.launcher.LauncherCommand.OpenStream.Stream;
import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.qmp.wire.ByteStream;
import dev.barevirt.qmp.wire.OwnedFd;
import dev.barevirt.qmp.wire.RawJson;
import dev.barevirt.qmp.wire.UnixSockets;
import dev.barevirt.qmp.wire.WireException;
import dev.barevirt.qmp.wire.WireLoop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The agent's end, with launchers in this process and with peers that mean no good. */
@Timeout(60)
class LauncherLinksTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration IMPATIENT = Duration.ofMillis(300);
  private static final String POD = "0d4b7a3e-2c11-4f7a-9a60-5f3b1c2d4e5f";

  private final WireLoop loop = WireLoop.start("test");
  private final Heard heard = new Heard();
  private final List<AutoCloseable> open = new ArrayList<>();
  private Path directory = Path.of("/");

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createTempDirectory(Path.of("/tmp"), "bv");
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
    loop.close();
    Files.deleteIfExists(socket());
    Files.delete(directory);
  }

  @Test
  void tellsOfALauncherAndItsReports() throws Exception {
    listen(inPod());
    FakeLauncher launcher = dial();

    assertThat(heard.next()).isEqualTo("connected " + POD);
    assertThat(heard.next()).isEqualTo("0 IDLE");
    launcher.become(GuestPhase.STARTING, null);
    assertThat(heard.next()).isEqualTo("1 STARTING");
    launcher.close();
    assertThat(heard.next()).isEqualTo("disconnected " + POD);
  }

  @Test
  void asksAndIsAnswered() throws Exception {
    LauncherLinks links = listen(inPod());
    FakeLauncher launcher = dial();
    heard.next();

    LauncherLink link = links.link(POD).orElseThrow();
    assertThat(link.call(new LauncherCommand.Report(), SOON).phase()).isEqualTo(GuestPhase.IDLE);
    assertThat(link.lastReport()).isPresent();
    launcher.refuse("pause", LauncherFault.CONFLICT, "it is idle");
    assertThatThrownBy(() -> link.call(new LauncherCommand.Pause(), SOON))
        .isInstanceOfSatisfying(
            LinkException.Refused.class,
            refused -> assertThat(refused.fault()).isEqualTo(LauncherFault.CONFLICT))
        .hasMessage("it is idle");
  }

  @Test
  void aLauncherThatDoesNotAnswerIsGivenUp() throws Exception {
    LauncherLinks links = listen(inPod());
    FakeLauncher launcher = dial();
    heard.next();
    launcher.fallSilent();

    LauncherLink link = links.link(POD).orElseThrow();
    assertThatThrownBy(() -> link.call(new LauncherCommand.Reset(), IMPATIENT))
        .isInstanceOf(LinkException.Late.class);
    launcher.close();
    assertThatThrownBy(() -> link.call(new LauncherCommand.Reset(), SOON))
        .isInstanceOf(LinkException.Lost.class);
  }

  @Test
  void aFinalReportIsAcknowledged() throws Exception {
    listen(inPod());
    FakeLauncher launcher = dial();
    launcher.become(GuestPhase.SUCCEEDED, GuestReason.GUEST_SHUTDOWN);

    assertThat(launcher.asked().poll(20, TimeUnit.SECONDS))
        .isEqualTo(new LauncherCommand.Acknowledge(1));
  }

  @Test
  void anOlderReportIsNotTold() throws Exception {
    listen(inPod());
    FakeLauncher launcher = dial();
    heard.next();
    heard.next();
    launcher.say(FakeLauncher.report(7, GuestPhase.RUNNING, null, null, null));
    assertThat(heard.next()).isEqualTo("7 RUNNING");
    launcher.say(FakeLauncher.report(6, GuestPhase.STARTING, null, null, null));
    launcher.say(FakeLauncher.report(7, GuestPhase.PAUSED, null, null, null));
    launcher.say(FakeLauncher.report(8, GuestPhase.STOPPING, null, null, null));
    assertThat(heard.next()).isEqualTo("8 STOPPING");
  }

  @Test
  void aLauncherThatClaimsAnotherGuestIsNotBelieved() throws Exception {
    LauncherLinks links =
        listen(
            new PodIdentity() {
              @Override
              public Optional<String> podUidOf(int pid) {
                return Optional.of(POD);
              }

              @Override
              public Optional<GuestName> guestOf(String podUid) {
                return Optional.of(new GuestName("default", "mine"));
              }
            });
    FakeLauncher launcher = dial();
    heard.next();
    heard.next();
    launcher.say(FakeLauncher.report(1, GuestPhase.FAILED, null, "default", "yours"));
    launcher.say(FakeLauncher.report(2, GuestPhase.FAILED, null, "other", "mine"));
    launcher.say(FakeLauncher.report(3, GuestPhase.RUNNING, null, "default", "mine"));

    assertThat(heard.next()).isEqualTo("3 RUNNING");
    assertThat(links.link(POD).orElseThrow().podUid()).isEqualTo(POD);
  }

  @Test
  void theNewestConnectionOfAPodIsItsLauncher() throws Exception {
    LauncherLinks links = listen(inPod());
    FakeLauncher first = dial();
    heard.next();
    heard.next();
    dial();

    assertThat(heard.next()).isEqualTo("disconnected " + POD);
    assertThat(heard.next()).isEqualTo("connected " + POD);
    assertThat(first.gone().await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(links.link(POD)).isPresent();
  }

  @Test
  void anAgentThatComesBackFindsItsLaunchersAtTheSameSocket() throws Exception {
    LauncherLinks first = listen(inPod());
    FakeLauncher launcher = dial();
    heard.next();
    first.close();
    assertThat(launcher.gone().await(20, TimeUnit.SECONDS)).isTrue();

    LauncherLinks second = listen(inPod());
    dial();
    heard.await("connected " + POD);
    assertThat(second.link(POD)).isPresent();
    assertThat(Files.getPosixFilePermissions(socket())).hasSize(6);
  }

  @Test
  void opensAStreamThatTheLauncherDials() throws Exception {
    LauncherLinks links = listen(inPod());
    dial();
    heard.next();

    try (ByteStream console = links.link(POD).orElseThrow().openStream(Stream.CONSOLE, SOON)) {
      byte[] said = "{\"execute\":\"raw\"}\nä".getBytes(StandardCharsets.UTF_8);
      console.write(said, 0, said.length);
      byte[] echo = new byte[said.length];
      for (int at = 0; at < echo.length; ) {
        byte[] piece = new byte[echo.length - at];
        int n = console.read(piece);
        System.arraycopy(piece, 0, echo, at, n);
        at += n;
      }
      assertThat(echo).isEqualTo(said);
    }
  }

  @Test
  void aStreamsTokenIsGoodOnceAndCannotBeGuessed() throws Exception {
    LauncherLinks links = listen(inPod());
    FakeLauncher launcher = dial();
    heard.next();
    LauncherLink link = links.link(POD).orElseThrow();
    ByteStream used = link.openStream(Stream.VNC, SOON);
    open.add(used);
    LauncherCommand<?> asked = launcher.asked().poll(20, TimeUnit.SECONDS);
    String token = ((LauncherCommand.DialStream) java.util.Objects.requireNonNull(asked)).token();

    assertClosed(launcher.dialStream(token));
    assertClosed(launcher.dialStream("00000000000000000000000000000000"));
    assertClosed(launcher.dialStream(""));
    assertThat(link.call(new LauncherCommand.Report(), SOON)).isNotNull();
  }

  @Test
  void aStreamThatComesTooLateIsClosed() throws Exception {
    LauncherLinks links = listen(inPod());
    FakeLauncher launcher = dial();
    heard.next();
    launcher.fallSilent();

    assertThatThrownBy(() -> links.link(POD).orElseThrow().openStream(Stream.CONSOLE, IMPATIENT))
        .isInstanceOf(LinkException.Late.class);
    LauncherCommand<?> asked = launcher.asked().poll(20, TimeUnit.SECONDS);
    assertThat(asked)
        .isInstanceOfSatisfying(
            LauncherCommand.DialStream.class,
            dial -> {
              try {
                assertClosed(launcher.dialStream(dial.token()));
              } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
              }
            });
  }

  @Test
  void handsOpenFilesOver() throws Exception {
    LauncherLinks links = listen(inPod());
    FakeLauncher launcher = dial();
    heard.next();
    Map<String, OwnedFd> named = new LinkedHashMap<>();
    for (int i = 0; i < 40; i++) {
      UnixSockets.Pair pair = UnixSockets.pair();
      open.add(pair.here());
      named.put("tap" + i, pair.there());
    }

    links.link(POD).orElseThrow().passDescriptors(named, SOON);

    assertThat(launcher.descriptors()).hasSize(40);
    assertThat(named.values())
        .allSatisfy(fd -> assertThatThrownBy(fd::number).isInstanceOf(IllegalStateException.class));
  }

  @Test
  void openFilesAreClosedWhenTheLauncherIsGone() throws Exception {
    LauncherLinks links = listen(inPod());
    FakeLauncher launcher = dial();
    heard.next();
    LauncherLink link = links.link(POD).orElseThrow();
    launcher.close();
    heard.await("disconnected " + POD);
    UnixSockets.Pair pair = UnixSockets.pair();
    open.add(pair.here());

    assertThatThrownBy(() -> link.passDescriptors(Map.of("tap", pair.there()), SOON))
        .isInstanceOf(LinkException.Lost.class);
    assertThatThrownBy(pair.there()::number).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aProcessOfNoPodIsClosed() throws Exception {
    listen(_ -> Optional.empty());

    assertClosed(raw("{\"event\":\"HELLO\",\"data\":{\"version\":1,\"purpose\":\"CONTROL\"}}\n"));
    assertThat(heard.lines).isEmpty();
  }

  @Test
  void whoeverSaysNothingIsClosed() throws Exception {
    listen(inPod());

    assertClosed(raw(""));
    assertClosed(raw("{\"event\":\"HEL"));
    assertThat(heard.lines).isEmpty();
  }

  @Test
  void whoeverSaysSomethingElseIsClosed() throws Exception {
    listen(inPod());

    assertClosed(raw("GET / HTTP/1.1\r\n\r\n"));
    assertClosed(raw("{\"execute\":\"sync\",\"id\":1}\n"));
    assertClosed(raw("{\"event\":\"REPORT_CHANGED\",\"data\":{}}\n"));
    assertClosed(raw("{\"event\":\"HELLO\",\"data\":{\"version\":1,\"purpose\":\"ROOT\"}}\n"));
    assertClosed(raw("{\"event\":\"HELLO\",\"data\":{\"version\":1}}\n"));
    assertClosed(
        raw(
            "{\"event\":\"HELLO\",\"data\":{\"purpose\":\"CONTROL\",\"x\":\""
                + "x".repeat(4096)
                + "\"}}\n"));
    assertThat(heard.lines).isEmpty();
  }

  @Test
  void aLineWithoutEndIsClosedAtTheLimit() throws Exception {
    listen(inPod());
    ByteStream endless = ByteStream.connect(loop, socket());
    byte[] piece = "x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 64; i++) {
                endless.write(piece, 0, piece.length);
              }
              assertClosed(endless);
              throw new WireException.Disconnected("closed after all was sent");
            })
        .isInstanceOf(WireException.Disconnected.class);
  }

  @Test
  void anOversizeReportEndsTheLink() throws Exception {
    listen(inPod());
    FakeLauncher launcher = dial();
    heard.next();
    heard.next();
    launcher.event(
        "REPORT_CHANGED", RawJson.of("{\"report\":{\"message\":\"" + "x".repeat(2 << 20) + "\"}}"));

    assertThat(heard.next()).isEqualTo("disconnected " + POD);
  }

  @Test
  void aReportThatIsNoneIsDropped() throws Exception {
    listen(inPod());
    FakeLauncher launcher = dial();
    heard.next();
    heard.next();
    launcher.event("REPORT_CHANGED", RawJson.of("{\"report\":{\"sequence\":\"many\"}}"));
    launcher.event("REPORT_CHANGED", RawJson.of("{\"report\":{\"sequence\":5}}"));
    launcher.event("REPORT_CHANGED", RawJson.of("{}"));
    launcher.event("SOMETHING_ELSE", RawJson.of("{\"a\":1}"));
    launcher.say(FakeLauncher.report(9, GuestPhase.RUNNING, null, null, null));

    heard.await("9 RUNNING");
  }

  @Test
  void aFloodOfConnectionsFromOnePodLeavesRoomForOthers() throws Exception {
    var flooding = new java.util.concurrent.atomic.AtomicBoolean(true);
    listen(_ -> Optional.of(flooding.get() ? "flood" : POD));
    for (int i = 0; i < 4 * PodVisits.MOST; i++) {
      try {
        open.add(ByteStream.connect(loop, socket()));
      } catch (WireException.Unreachable full) {
        break; // the backlog is full: the kernel turns the rest away
      }
    }
    flooding.set(false);
    for (boolean in = false; !in; ) {
      FakeLauncher launcher = dial();
      in = heard.lines.poll(2, TimeUnit.SECONDS) != null;
      if (!in) {
        launcher.close();
      }
    }
    heard.await("0 IDLE");
  }

  @Test
  void aFloodOfReportsIsToldByItsNewest() throws Exception {
    listen(inPod());
    FakeLauncher launcher = dial();
    for (int i = 1; i <= 20_000; i++) {
      launcher.say(FakeLauncher.report(i, GuestPhase.RUNNING, null, null, null));
    }

    heard.await("20000 RUNNING");
  }

  private LauncherLinks listen(PodIdentity identity) {
    LauncherLinks links =
        new LauncherLinks(loop, socket(), identity, heard, IMPATIENT.multipliedBy(3));
    open.add(links);
    return links;
  }

  private static PodIdentity inPod() {
    return _ -> Optional.of(POD);
  }

  private FakeLauncher dial() {
    FakeLauncher launcher = FakeLauncher.dial(loop, socket());
    open.add(launcher);
    return launcher;
  }

  private ByteStream raw(String text) throws InterruptedException {
    ByteStream stream = ByteStream.connect(loop, socket());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    stream.write(bytes, 0, bytes.length);
    return stream;
  }

  /** The peer closes and has said nothing, or nothing but what it wanted to know. */
  private static void assertClosed(ByteStream stream) throws InterruptedException {
    byte[] piece = new byte[4096];
    int length = stream.read(piece);
    assertThat(length)
        .as("what was answered: %s", new String(piece, StandardCharsets.UTF_8))
        .isEqualTo(-1);
    stream.close();
  }

  private Path socket() {
    return directory.resolve("agent.sock");
  }

  /** What was told, as lines. */
  private static final class Heard implements LinkListener {
    final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

    String next() throws InterruptedException {
      return String.valueOf(lines.poll(20, TimeUnit.SECONDS));
    }

    void await(String line) throws InterruptedException {
      for (String said = next(); !said.equals(line); said = next()) {
        assertThat(said).as("waiting for " + line).isNotEqualTo("null");
      }
    }

    @Override
    public void connected(LauncherLink link) {
      lines.add("connected " + link.podUid());
    }

    @Override
    public void reported(LauncherLink link, GuestReport report) {
      lines.add(report.sequence() + " " + report.phase());
    }

    @Override
    public void disconnected(LauncherLink link) {
      lines.add("disconnected " + link.podUid());
    }
  }
}
