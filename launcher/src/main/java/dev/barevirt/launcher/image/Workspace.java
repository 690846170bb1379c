package dev.barevirt.launcher.image;

import dev.barevirt.launcher.os.Flock;
import dev.barevirt.launcher.store.DirectoryTree;
import dev.barevirt.launcher.store.PrivateDirectory;
import dev.barevirt.qmp.wire.OwnedFd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where one import works: a directory that is locked while it does, so that one that nobody has
 * locked was left by a crash.
 */
final class Workspace implements AutoCloseable {
  private static final String LOCK = "lock";

  private final Path directory;
  private final Flock lock;

  private Workspace(Path directory, Flock lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /** A new one below that directory. */
  static Workspace create(Path parent) {
    Path directory = PrivateDirectory.ensure(parent.resolve(UUID.randomUUID().toString()));
    return new Workspace(directory, Flock.exclusive(directory.resolve(LOCK)));
  }

  /** Those that crashes left below that directory, locked now so that they can be removed. */
  static List<Workspace> abandoned(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(parent)) {
      return entries
          .filter(Files::isDirectory)
          .filter(entry -> Files.exists(entry.resolve(LOCK)))
          .flatMap(
              entry ->
                  Flock.tryExclusive(entry.resolve(LOCK))
                      .map(lock -> new Workspace(entry, lock))
                      .stream())
          .toList();
    } catch (IOException refused) {
      throw ImageException.files("look into " + parent, refused);
    }
  }

  /** A fresh directory in it. */
  Path directory(String name) {
    return PrivateDirectory.ensure(directory.resolve(name));
  }

  /** A path in it at which nothing is yet. */
  Path path(String name) {
    return directory.resolve(name);
  }

  /** For a child that writes into it. */
  OwnedFd lock() {
    return lock.file();
  }

  @Override
  public void close() {
    DirectoryTree.delete(directory);
    lock.close();
  }
}
