package dev.barevirt.launcher.credential;

import java.util.SortedMap;

/** Knows what secrets hold now. */
@FunctionalInterface
public interface SecretFiles {

  /**
   * A secret's values by their keys.
   *
   * @throws dev.barevirt.launcher.disk.DiskException when it cannot be read
   */
  SortedMap<String, byte[]> of(String secret);
}
