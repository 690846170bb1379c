package dev.barevirt.agent.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds a process's pod by its control groups, which the process itself cannot change. */
public final class ProcPodIdentity implements PodIdentity {
  private static final int MOST_BYTES = 64 * 1024;

  private final Path proc;
  private final PodCgroups cgroups;

  private ProcPodIdentity(Path proc, PodCgroups cgroups) {
    this.proc = proc;
    this.cgroups = cgroups;
  }

  /**
   * For the node that this process runs on.
   *
   * @param proc where the kernel shows processes, in the numbering of whoever asks
   */
  public static ProcPodIdentity of(Path proc) {
    String own = read(proc.resolve("self/cgroup")).orElse("");
    return new ProcPodIdentity(proc, PodCgroups.ofNode(own));
  }

  @Override
  public Optional<String> podUidOf(int pid) {
    return read(proc.resolve(Integer.toString(pid)).resolve("cgroup")).flatMap(cgroups::podUid);
  }

  private static Optional<String> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      return bytes.length > MOST_BYTES
          ? Optional.empty()
          : Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
