package dev.barevirt.launcher.image;

import dev.barevirt.launcher.store.MachineDirectory;
import dev.barevirt.launcher.store.MachineStore;
import dev.barevirt.launcher.store.StoreException;
import dev.barevirt.launcher.store.WholeFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The machines of a user, asked whether their request names a file of the store. The digest in a
 * file's name cannot stand there by chance, so its mere presence is the answer.
 *
 * @param machines all machines
 */
public record MachineImageUsers(MachineStore machines) implements ImageUsers {
  private static final int LARGEST = 16 * 1024 * 1024;

  @Override
  public Optional<String> userOf(String hex) {
    return machines.list().stream()
        .filter(machine -> names(machine.request(), hex) || names(machine.spec(), hex))
        .map(MachineDirectory::name)
        .map(Object::toString)
        .findFirst();
  }

  private static boolean names(Path file, String hex) {
    try {
      return WholeFile.read(file, LARGEST)
          .map(bytes -> new String(bytes, StandardCharsets.UTF_8).contains(hex))
          .orElse(false);
    } catch (StoreException unreadable) {
      return true; // what cannot be read may need it
    }
  }
}
