package dev.barevirt.launcher.machine;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A command that puts a part of a machine into a running QEMU, or takes it out.
 *
 * @param name the command's name on the wire
 * @param arguments its arguments, as plain values (String, Long, Boolean, List, Map)
 */
public record MonitorCommand(String name, Map<String, Object> arguments) {
  /** The arguments as JSON text. */
  public String argumentsJson() {
    return JsonText.of(arguments);
  }

  /** Adds a backend. */
  public static MonitorCommand add(Backend backend, Dialect dialect) {
    Map<String, Object> members = backend.properties().resolve(dialect);
    return switch (backend) {
      case Backend.QemuObject _ -> new MonitorCommand("object-add", members);
      case Backend.Blockdev _ -> new MonitorCommand("blockdev-add", members);
      case Backend.Netdev _ -> new MonitorCommand("netdev_add", members);
      case Backend.Chardev chardev -> new MonitorCommand("chardev-add", chardev(chardev, members));
      case Backend.Tpmdev _, Backend.Audiodev _ -> throw cold(backend);
    };
  }

  /** Takes a backend out that no device uses any more. */
  public static MonitorCommand remove(Backend backend) {
    return switch (backend) {
      case Backend.QemuObject object -> byId("object-del", object.id());
      case Backend.Blockdev node ->
          new MonitorCommand("blockdev-del", Map.of("node-name", node.id()));
      case Backend.Netdev netdev -> byId("netdev_del", netdev.id());
      case Backend.Chardev chardev -> byId("chardev-remove", chardev.id());
      case Backend.Tpmdev _, Backend.Audiodev _ -> throw cold(backend);
    };
  }

  /** Plugs a device. */
  public static MonitorCommand plug(PlacedDevice device, Dialect dialect) {
    return new MonitorCommand("device_add", device.arguments(dialect));
  }

  /** Asks the guest to let go of a device. */
  public static MonitorCommand unplug(String deviceId) {
    return byId("device_del", deviceId);
  }

  private static MonitorCommand byId(String name, String id) {
    return new MonitorCommand(name, Map.of("id", id));
  }

  /** The monitor wants as a tree what the command line has as flat keys. */
  private static Map<String, Object> chardev(Backend.Chardev chardev, Map<String, Object> members) {
    if (!chardev.type().equals("socket") || !(members.get("path") instanceof String path)) {
      throw cold(chardev);
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("addr", Map.of("type", "unix", "data", Map.of("path", path)));
    data.put("server", members.getOrDefault("server", false));
    return Map.of("id", chardev.id(), "backend", Map.of("type", "socket", "data", data));
  }

  private static IllegalArgumentException cold(Backend backend) {
    return new IllegalArgumentException(backend.id() + " cannot be plugged into a running machine");
  }
}
