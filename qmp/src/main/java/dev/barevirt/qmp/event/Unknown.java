package dev.barevirt.qmp.event;

import dev.barevirt.qmp.wire.RawJson;

/**
 * An event this version does not know, or whose data it could not read.
 *
 * @param name its wire name
 * @param data its data as it came
 */
public record Unknown(String name, RawJson data) implements QmpEvent {
  @Override
  public String subject() {
    return name;
  }
}
