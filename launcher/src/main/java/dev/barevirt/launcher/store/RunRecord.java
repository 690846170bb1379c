package dev.barevirt.launcher.store;

import dev.barevirt.launcher.os.BootId;
import dev.barevirt.launcher.os.ProcessIdentity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which processes run a machine, so that {@code ps} can look and a later launcher can take over.
 *
 * @param boot the boot they belong to; after another one the record is stale
 * @param launcher the resident launcher
 * @param qemu its QEMU; null until a later launcher could take it over
 * @param others processes that are of no use without it: what runs beside QEMU, and a QEMU that is
 *     still being started
 */
public record RunRecord(
    BootId boot,
    ProcessIdentity launcher,
    @Nullable ProcessIdentity qemu,
    List<ProcessIdentity> others) {
  /** Copies the list. */
  public RunRecord {
    others = List.copyOf(others);
  }

  /** A run that begins now. */
  public static RunRecord begin(ProcessIdentity launcher) {
    return new RunRecord(BootId.current(), launcher, null, List.of());
  }

  /** The same run, now with a QEMU that can be taken over. */
  public RunRecord withQemu(ProcessIdentity ready) {
    return new RunRecord(boot, launcher, ready, without(ready));
  }

  /** The same run with one more process. */
  public RunRecord with(ProcessIdentity other) {
    return new RunRecord(
        boot, launcher, qemu, Stream.concat(others.stream(), Stream.of(other)).toList());
  }

  /** The same run, of which a process has ended. */
  public RunRecord ended(ProcessIdentity other) {
    return new RunRecord(boot, launcher, qemu, without(other));
  }

  /** The same QEMU under another launcher. */
  public RunRecord adoptedBy(ProcessIdentity newLauncher) {
    return new RunRecord(boot, newLauncher, qemu, others);
  }

  /** Whether its processes can still be there: numbers mean others after a boot. */
  public boolean isOfThisBoot() {
    return boot.equals(BootId.current());
  }

  private List<ProcessIdentity> without(ProcessIdentity one) {
    return others.stream().filter(other -> !other.equals(one)).toList();
  }

  byte[] encode() {
    StringBuilder text = new StringBuilder("boot=" + boot.value() + "\n");
    append(text, "launcher", launcher);
    if (qemu != null) {
      append(text, "qemu", qemu);
    }
    others.forEach(other -> append(text, "other", other));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** What the bytes say; nothing when they are not a record of ours, which is as good as stale. */
  static Optional<RunRecord> decode(byte[] bytes) {
    List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
    Optional<BootId> boot = values(lines, "boot").findFirst().map(BootId::new);
    Optional<ProcessIdentity> launcher = identities(lines, "launcher").findFirst();
    if (boot.isEmpty() || launcher.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new RunRecord(
            boot.get(),
            launcher.get(),
            identities(lines, "qemu").findFirst().orElse(null),
            identities(lines, "other").toList()));
  }

  private static Stream<String> values(List<String> lines, String name) {
    String start = name + "=";
    return lines.stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()));
  }

  private static Stream<ProcessIdentity> identities(List<String> lines, String name) {
    return values(lines, name).flatMap(value -> identity(value).stream());
  }

  private static void append(StringBuilder text, String name, ProcessIdentity process) {
    text.append(name).append('=').append(process.pid());
    text.append(' ').append(process.startTicks()).append('\n');
  }

  /** Two positive numbers, or nothing. */
  private static Optional<ProcessIdentity> identity(String text) {
    if (!text.matches("[0-9]{1,10} [0-9]{1,18}")) {
      return Optional.empty();
    }
    int middle = text.indexOf(' ');
    return Optional.of(
        new ProcessIdentity(
            Long.parseLong(text.substring(0, middle)), Long.parseLong(text.substring(middle + 1))));
  }
}
