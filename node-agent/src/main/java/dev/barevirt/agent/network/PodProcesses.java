package dev.barevirt.agent.network;

import dev.barevirt.qmp.wire.OwnedFd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Finds a pod's network namespace by its oldest process: that of its sandbox, which was there
 * before anything of the pod ran. A process that the pod starts later may be in any namespace.
 */
public final class PodProcesses {
  private static final Path PROC = Path.of("/proc");
  private static final int START_TIME = 22;

  private final IntFunction<Optional<String>> podOf;

  /**
   * @param podOf the unique id of the pod that a process belongs to, as the kernel tells
   */
  public PodProcesses(IntFunction<Optional<String>> podOf) {
    this.podOf = podOf;
  }

  /**
   * A process at one moment.
   *
   * @param id its id
   * @param started when it started, in clock ticks since boot
   */
  private record Moment(int id, long started) {}

  NetworkNamespace networkOf(String podUid) {
    Moment oldest =
        oldest(podUid).orElseThrow(() -> failure("pod " + podUid + " has no process on this node"));
    OwnedFd namespace = NativeCalls.openNamespace(network(String.valueOf(oldest.id())));
    // The id still names the same process, so the namespace that was opened is its.
    boolean same =
        started(oldest.id()).filter(now -> now == oldest.started()).isPresent()
            && podOf.apply(oldest.id()).filter(podUid::equals).isPresent();
    if (!same || isOurs(oldest.id())) {
      namespace.close();
      throw failure("the network of pod " + podUid + " is not its own, or it ended meanwhile");
    }
    return new NetworkNamespace(namespace);
  }

  private Optional<Moment> oldest(String podUid) {
    try (Stream<Path> entries = Files.list(PROC)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> Character.isDigit(name.charAt(0)))
          .map(Integer::parseInt)
          .filter(id -> podOf.apply(id).filter(podUid::equals).isPresent())
          .flatMap(id -> started(id).map(at -> new Moment(id, at)).stream())
          .min(Comparator.comparingLong(Moment::started).thenComparingInt(Moment::id));
    } catch (IOException | UncheckedIOException e) {
      throw new NetworkException("cannot list processes", e);
    }
  }

  /**
   * When a process started; the name before it may hold anything, so the count begins behind it.
   */
  private static Optional<Long> started(int id) {
    try {
      String stat = Files.readString(PROC.resolve(id + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Optional.of(Long.parseLong(fields[START_TIME - 3]));
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException _) {
      return Optional.empty(); // it ended while it was looked at
    }
  }

  private static boolean isOurs(int id) {
    try {
      return Files.readSymbolicLink(network("self"))
          .equals(Files.readSymbolicLink(network(String.valueOf(id))));
    } catch (IOException e) {
      throw new NetworkException("cannot compare network namespaces", e);
    }
  }

  private static Path network(String process) {
    return PROC.resolve(process).resolve("ns/net");
  }

  private static NetworkException failure(String message) {
    return new NetworkException(NetworkException.Kind.FAILED, message);
  }
}
