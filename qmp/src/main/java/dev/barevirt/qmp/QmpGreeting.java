package dev.barevirt.qmp;

import dev.barevirt.qmp.wire.Json;
import java.util.List;

/**
 * What a QEMU says of itself when one connects.
 *
 * @param major its version
 * @param minor its version
 * @param micro its version
 * @param packageName the distribution's version, "" for none
 * @param capabilities what the monitor offers, such as {@code oob}
 */
public record QmpGreeting(
    int major, int minor, int micro, String packageName, List<String> capabilities) {
  /** Copies the list. */
  public QmpGreeting {
    capabilities = List.copyOf(capabilities);
  }

  static QmpGreeting read(Json greeting) {
    Json version = greeting.at("version");
    Json qemu = version.at("qemu");
    return new QmpGreeting(
        (int) qemu.at("major").integer(),
        (int) qemu.at("minor").integer(),
        (int) qemu.at("micro").integer(),
        version.at("package").text(),
        greeting.at("capabilities").elements().stream().map(Json::text).toList());
  }

  /** Whether the version is at least that one. Prefer asking the schema for a feature. */
  public boolean isAtLeast(int wantedMajor, int wantedMinor) {
    return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
  }

  /** The version as people write it. */
  public String version() {
    return major + "." + minor + "." + micro;
  }
}
