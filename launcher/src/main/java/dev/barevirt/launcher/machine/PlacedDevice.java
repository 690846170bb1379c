package dev.barevirt.launcher.machine;

import java.util.Map;

/**
 * A device whose bus and address are decided; it renders to {@code -device} and to {@code
 * device_add} alike.
 *
 * @param frontend the device
 * @param where its bus and address, as QEMU's members
 */
public record PlacedDevice(Frontend frontend, Properties where) {
  /** The id. */
  public String id() {
    return frontend.id();
  }

  /** The arguments of {@code device_add}; as JSON, the value of {@code -device}. */
  public Map<String, Object> arguments(Dialect dialect) {
    return Properties.of("driver", frontend.driver())
        .with("id", frontend.id())
        .with(where)
        .with(frontend.properties())
        .resolve(dialect);
  }
}
