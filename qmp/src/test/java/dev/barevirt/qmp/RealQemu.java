package dev.barevirt.qmp;

import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WireSettings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A QEMU without a guest and with two monitors, for tests of what we believe of it. It rejects
 * whatever is deprecated or unstable.
 */
final class RealQemu implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path directory;
  private final Process process;

  private RealQemu(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
  }

  /** Starts one, paused, with further arguments. */
  static RealQemu start(String... arguments) throws IOException {
    Path directory = Files.createTempDirectory(Path.of("/tmp"), "bv");
    List<String> argv =
        new ArrayList<>(
            List.of("qemu-system-x86_64", "-nodefaults", "-no-user-config", "-display", "none"));
    argv.addAll(List.of("-S", "-accel", "tcg"));
    argv.addAll(
        List.of("-compat", "deprecated-input=reject,deprecated-output=hide,unstable-input=reject"));
    for (String monitor : List.of("m0", "m1")) {
      String chardev = "socket,id=" + monitor + ",server=on,wait=off,path=" + monitor;
      argv.addAll(List.of("-chardev", chardev, "-mon", "mode=control,chardev=" + monitor));
    }
    argv.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(argv)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .redirectInput(new File("/dev/null"))
            .start();
    RealQemu qemu = new RealQemu(directory, process);
    qemu.awaitListening("m1");
    return qemu;
  }

  /** QEMU listens on its monitors in their order, some time after it was started. */
  private void awaitListening(String last) {
    Until.holds(
        "QEMU listens",
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("QEMU ended at once: " + log());
          }
          return Files.exists(directory.resolve(last)) && accepts(directory.resolve(last));
        });
  }

  private static boolean accepts(Path socket) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException _) {
      return false;
    }
  }

  /** Connects to the first monitor. */
  QmpClient connect(WireLoop loop) throws InterruptedException {
    return QmpClient.connect(loop, monitor(), WireSettings.library(), PATIENCE);
  }

  /** The first monitor's socket. */
  Path monitor() {
    return directory.resolve("m0");
  }

  /** The second monitor's socket. */
  Path rescueMonitor() {
    return directory.resolve("m1");
  }

  /** A path in its directory, which is its working directory too. */
  Path path(String name) {
    return directory.resolve(name);
  }

  Process process() {
    return process;
  }

  /** Sends a signal by name. */
  void signal(String name) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("kill -" + name + " failed");
    }
  }

  /** Waits for its end. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("QEMU does not end");
    }
    return process.exitValue();
  }

  private String log() {
    try {
      return Files.readString(directory.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    process.onExit().join();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
