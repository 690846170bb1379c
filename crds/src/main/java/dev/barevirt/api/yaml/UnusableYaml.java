package dev.barevirt.api.yaml;

import dev.barevirt.api.json.Location;

/** Stops the building of a tree that cannot be finished; never leaves this package. */
final class UnusableYaml extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnusableYaml(Location at, String message) {
    super(message + at.suffix(), null, false, false);
  }
}
