package dev.barevirt.launcher.machine;

import dev.barevirt.launcher.machine.MachineOption.Flag;
import dev.barevirt.launcher.machine.MachineOption.Setting;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Renders a plan as the argument list of QEMU, the binary first. */
public final class CommandLineRenderer {
  private CommandLineRenderer() {}

  /** The command line of a QEMU that inherits its descriptors. */
  public static List<String> spawned(MachinePlan plan, FdTable fds) {
    List<String> argv = new ArrayList<>();
    argv.add(plan.qemu());
    for (HostResource resource : plan.resources()) {
      if (resource instanceof HostResource.FdSet set) {
        addFds(set, fds, argv);
      }
    }
    append(plan, new Dialect.Spawned(fds), argv);
    return List.copyOf(argv);
  }

  /** The command line that opens everything by path, to be pasted into a shell. */
  public static List<String> pasted(MachinePlan plan) {
    List<String> argv = new ArrayList<>();
    argv.add(plan.qemu());
    append(plan, new Dialect.Pasted(), argv);
    return List.copyOf(argv);
  }

  /** The {@code -chardev}, {@code -object}… of a backend: flag and value. */
  public static List<String> backend(Backend backend, Dialect dialect) {
    Map<String, Object> members = backend.properties().resolve(dialect);
    return switch (backend) {
      case Backend.QemuObject _ -> List.of("-object", JsonText.of(members));
      case Backend.Blockdev _ -> List.of("-blockdev", JsonText.of(members));
      case Backend.Netdev _ -> List.of("-netdev", JsonText.of(members));
      case Backend.Audiodev _ -> List.of("-audiodev", JsonText.of(members));
      case Backend.Chardev chardev ->
          List.of("-chardev", keyed(chardev.type(), chardev.id(), members));
      case Backend.Tpmdev tpmdev -> List.of("-tpmdev", keyed(tpmdev.type(), tpmdev.id(), members));
    };
  }

  private static String keyed(String type, String id, Map<String, Object> members) {
    LinkedHashMap<String, Object> all = new LinkedHashMap<>();
    all.put("id", id);
    all.putAll(members);
    return OptionText.of(type, all);
  }

  private static void addFds(HostResource.FdSet set, FdTable fds, List<String> argv) {
    for (int fd : fds.fds(set)) {
      LinkedHashMap<String, Object> members = new LinkedHashMap<>();
      members.put("fd", (long) fd);
      members.put("set", (long) fds.set(set));
      members.put("opaque", set.name());
      argv.add("-add-fd");
      argv.add(OptionText.of("", members));
    }
  }

  private static void append(MachinePlan plan, Dialect dialect, List<String> argv) {
    options(plan.options(), dialect, argv);
    plan.backends().forEach(backend -> argv.addAll(backend(backend, dialect)));
    for (PlacedDevice device : plan.devices()) {
      argv.add("-device");
      argv.add(JsonText.of(device.arguments(dialect)));
    }
  }

  private static void options(List<MachineOption> options, Dialect dialect, List<String> argv) {
    EnumMap<Flag, LinkedHashMap<String, String>> merged = new EnumMap<>(Flag.class);
    for (MachineOption option : options) {
      if (option instanceof Setting setting) {
        merged
            .computeIfAbsent(setting.flag(), _ -> new LinkedHashMap<>())
            .put(setting.key(), setting.value());
      }
    }
    merged.forEach(
        (flag, settings) -> {
          String head = settings.getOrDefault("", "");
          settings.remove("");
          argv.add(flag.text());
          argv.add(OptionText.of(head, settings));
        });
    for (MachineOption option : options) {
      switch (option) {
        case MachineOption.Plain plain -> {
          argv.add(plain.flag());
          if (plain.value() != null) {
            argv.add(carried(plain.value()));
          }
        }
        case MachineOption.FileOption file -> {
          argv.add(file.flag());
          String path = dialect.members(file.file()).text("path");
          argv.add(
              file.key().isEmpty() ? carried(path) : OptionText.of("", Map.of(file.key(), path)));
        }
        case MachineOption.Repeated _, Setting _ -> {}
      }
    }
    for (MachineOption option : options) {
      if (option instanceof MachineOption.Repeated repeated) {
        argv.add(repeated.flag());
        argv.add(OptionText.of("", repeated.properties().resolve(dialect)));
      }
    }
  }

  private static String carried(String value) {
    if (!OptionText.carries(value)) {
      throw new IllegalArgumentException("a control character cannot be given to QEMU");
    }
    return value;
  }

  /** The command line as one line for a POSIX shell. */
  public static String shell(List<String> argv) {
    return argv.stream().map(CommandLineRenderer::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String argument) {
    return argument.matches("[A-Za-z0-9_@%+=:,./-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
