package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.store.PrivateDirectory;
import dev.barevirt.launcher.store.StoreException;
import dev.barevirt.launcher.store.WholeFile;
import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.RawJson;
import dev.barevirt.qmp.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What probes found out, kept on disk until the thing probed changes. A cache that cannot be read
 * or written costs time and nothing else.
 *
 * @param directory where it lies
 */
record ProbeCache(Path directory) {
  private static final int LARGEST = 1024 * 1024;

  /** What was stored under the name, if it was stored for that same key. */
  Optional<Json> find(String name, String key) {
    try {
      return WholeFile.read(file(name), LARGEST)
          .map(bytes -> Json.parse(new String(bytes, StandardCharsets.UTF_8)))
          .filter(entry -> entry.at("key").text().equals(key))
          .map(entry -> entry.at("value"));
    } catch (StoreException | WireException unreadable) {
      return Optional.empty();
    }
  }

  /** Stores a value, replacing what was under the name. */
  void store(String name, String key, Json value) {
    Json entry = Json.object().with("key", key).with("value", value).build();
    try {
      PrivateDirectory.ensure(directory);
      WholeFile.write(file(name), RawJson.of(entry).bytes());
    } catch (StoreException unwritable) {
      // The next command probes again.
    }
  }

  private Path file(String name) {
    return directory.resolve(name + ".json");
  }
}
