package dev.barevirt.agent.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The real launcher of a pod as a process of this machine: PID 1 of a namespace of its own, as user
 * 107, without any capability.
 */
final class PodProcess implements AutoCloseable {
  private static final int USER = 107;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path directory;
  private final Process process;

  private PodProcess(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
  }

  /** Starts a launcher that dials the socket {@code agent.sock} in its directory. */
  static PodProcess start(Path directory) throws IOException {
    for (String name : List.of("state", "run")) {
      Path made = Files.createDirectory(directory.resolve(name));
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx------"));
      Files.setAttribute(made, "unix:uid", USER);
      Files.setAttribute(made, "unix:gid", USER);
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                "unshare",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "setpriv",
                "--reuid=" + USER,
                "--regid=" + USER,
                "--clear-groups",
                "--inh-caps=-all",
                "--bounding-set=-all",
                "--no-new-privs",
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=debug",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                built() + "/*",
                "dev.barevirt.launcher.pod.LauncherPodMain"));
    command.addAll(List.of("--agent", directory.resolve("agent.sock").toString()));
    command.addAll(List.of("--state", directory.resolve("state").toString()));
    command.addAll(List.of("--runtime", directory.resolve("run").toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(directory.resolve("stdout").toFile())
            .redirectError(directory.resolve("stderr").toFile());
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    builder.environment().putAll(Map.of("HOME", "/tmp", "LC_ALL", "C.UTF-8"));
    return new PodProcess(directory, builder.start());
  }

  /** The jars of the launcher, which the modules before this one laid out. */
  private static Path built() {
    Path lib = Path.of("../target/dist/lib").toAbsolutePath().normalize();
    assertThat(lib).as("the built launcher: make build").isDirectory();
    return lib;
  }

  /** Puts the micro guest's kernel where an image volume would be. */
  static Path kernelImage(Path directory) throws IOException {
    Path guests =
        Path.of(System.getProperty("barevirt.guests", "../target/guests")).toAbsolutePath();
    Path boot = Files.createDirectories(directory.resolve("kernel-boot/boot"));
    for (String name : List.of("vmlinuz", "initrd.gz")) {
      Path copy = boot.resolve(name);
      Files.copy(guests.resolve(name), copy, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
    }
    return directory.resolve("kernel-boot");
  }

  /** As the kubelet ends a container. */
  void terminate() {
    pidOne().destroy();
  }

  /** As the kernel ends one that has too much memory. */
  void kill() {
    pidOne().destroyForcibly();
  }

  private ProcessHandle pidOne() {
    return process.children().findFirst().orElseThrow();
  }

  /** How many processes there are beside PID 1. */
  long others() {
    return process.descendants().count() - 1;
  }

  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE)).as("the launcher ends; it logged:\n%s", log()).isTrue();
    return process.exitValue();
  }

  String output() throws IOException {
    return Files.readString(directory.resolve("stdout"));
  }

  String log() {
    try {
      return Files.readString(directory.resolve("stderr"));
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, java.io.IOException trouble)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
