package dev.barevirt.launcher.store;

import dev.barevirt.launcher.os.BootId;
import dev.barevirt.launcher.os.ProcessIdentity;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which processes run a machine, so that {@code ps} can look and a later launcher can take over.
 *
 * @param boot the boot they belong to; after another one the record is stale
 * @param launcher the resident launcher
 * @param qemu its QEMU; null until it is spawned
 */
public record RunRecord(BootId boot, ProcessIdentity launcher, @Nullable ProcessIdentity qemu) {
  /** The same run, now with its QEMU. */
  public RunRecord withQemu(ProcessIdentity spawned) {
    return new RunRecord(boot, launcher, spawned);
  }

  /** The same QEMU under another launcher. */
  public RunRecord adoptedBy(ProcessIdentity newLauncher) {
    return new RunRecord(boot, newLauncher, qemu);
  }

  byte[] encode() {
    StringBuilder text = new StringBuilder("boot=" + boot.value() + "\n");
    append(text, "launcher", launcher);
    if (qemu != null) {
      append(text, "qemu", qemu);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** What the bytes say; nothing when they are not a record of ours, which is as good as stale. */
  static Optional<RunRecord> decode(byte[] bytes) {
    Map<String, String> lines = new LinkedHashMap<>();
    new String(bytes, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.indexOf('=') > 0)
        .forEach(
            line -> {
              int middle = line.indexOf('=');
              lines.put(line.substring(0, middle), line.substring(middle + 1));
            });
    Optional<BootId> boot = Optional.ofNullable(lines.get("boot")).map(BootId::new);
    Optional<ProcessIdentity> launcher = identity(lines.get("launcher"));
    if (boot.isEmpty() || launcher.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new RunRecord(boot.get(), launcher.get(), identity(lines.get("qemu")).orElse(null)));
  }

  private static void append(StringBuilder text, String name, ProcessIdentity process) {
    text.append(name).append('=').append(process.pid());
    text.append(' ').append(process.startTicks()).append('\n');
  }

  /** Two positive numbers, or nothing. */
  private static Optional<ProcessIdentity> identity(@Nullable String text) {
    if (text == null || !text.matches("[0-9]{1,10} [0-9]{1,18}")) {
      return Optional.empty();
    }
    int middle = text.indexOf(' ');
    return Optional.of(
        new ProcessIdentity(
            Long.parseLong(text.substring(0, middle)), Long.parseLong(text.substring(middle + 1))));
  }
}
