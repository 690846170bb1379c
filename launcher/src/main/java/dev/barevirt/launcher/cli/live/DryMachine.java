package dev.barevirt.launcher.cli.live;

import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.launcher.machine.CommandLineRenderer;
import dev.barevirt.launcher.machine.MachinePlan;
import dev.barevirt.launcher.machine.Sidecar;
import dev.barevirt.launcher.machine.device.DeviceMappers;
import dev.barevirt.launcher.os.Privileges;
import dev.barevirt.launcher.qemu.HostFactsSource;
import dev.barevirt.launcher.qemu.MachinePreview;
import dev.barevirt.launcher.store.MachineDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A machine that is planned in a temporary directory and never started by us: its command line can
 * be looked at, or pasted.
 */
public final class DryMachine {
  private final Path directory;
  private final MachineDirectory machine;
  private final MachinePlan plan;

  private DryMachine(Path directory, MachineDirectory machine, MachinePlan plan) {
    this.directory = directory;
    this.machine = machine;
    this.plan = plan;
  }

  /** Plans it; overlays and media it needs are made. */
  public static DryMachine make(HostFactsSource host, GuestRequest request)
      throws InterruptedException {
    Path directory;
    try {
      directory = Files.createTempDirectory("barevirt-dry-");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a temporary directory", e);
    }
    var machine = new MachineDirectory(directory.resolve("state"), directory.resolve("run"));
    try {
      var plan = MachinePreview.plan(machine.prepared(), host, DeviceMappers.ALL, request);
      return new DryMachine(directory, machine, plan);
    } catch (RuntimeException | InterruptedException e) {
      delete(directory);
      throw e;
    }
  }

  /** Where its files are. */
  public Path directory() {
    return directory;
  }

  /**
   * The command that opens everything by path and does not wait for a monitor to start the guest.
   */
  public List<String> argv() {
    return CommandLineRenderer.pasted(plan).stream().filter(word -> !word.equals("-S")).toList();
  }

  /** The command with all that goes before it, to be pasted into a shell. */
  public String shell() {
    var text = new StringBuilder();
    text.append("(\ncd ").append(quoted(List.of(machine.runtime().toString()))).append('\n');
    for (Sidecar sidecar : plan.sidecars()) {
      if (!sidecar.directories().isEmpty()) {
        text.append("mkdir -p ").append(quoted(sidecar.directories())).append('\n');
      }
      text.append(quoted(beside(sidecar))).append(" &\n");
      text.append("beside=\"$beside $!\"\n");
      text.append("until [ -S ").append(quoted(List.of(sidecar.socket())));
      text.append(" ]; do sleep 0.1; done\n");
    }
    if (!plan.sidecars().isEmpty()) {
      text.append("trap 'kill $beside 2>/dev/null' EXIT\n");
    }
    return text.append(CommandLineRenderer.shell(argv())).append("\n)\n").toString();
  }

  /** Under root passt becomes nobody, who may not make its socket in a directory of root's. */
  private static List<String> beside(Sidecar sidecar) {
    List<String> words = new ArrayList<>(List.of(sidecar.program()));
    words.addAll(sidecar.args());
    if (words.getFirst().endsWith("/passt") && Privileges.current().isRoot()) {
      words.addAll(List.of("--runas", "0"));
    }
    return words;
  }

  private static String quoted(List<String> words) {
    return CommandLineRenderer.shell(words);
  }

  /** Removes its files. */
  public void delete() {
    delete(directory);
  }

  private static void delete(Path directory) {
    try (Stream<Path> entries = Files.walk(directory)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + directory, e);
    }
  }
}
