package dev.barevirt.launcher.store;

import dev.barevirt.launcher.os.Privileges;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the standalone launcher keeps what.
 *
 * @param state what survives a reboot: {@code machines/<name>}
 * @param runtime sockets, with short paths: {@code <8 hex digits>}
 * @param images the image store
 * @param cache what can be found out again, such as what a QEMU can do
 */
public record Locations(Path state, Path runtime, Path images, Path cache) {
  private static final String NAME = "barevirt";

  /**
   * Where a user's things belong.
   *
   * @param environment the variables of the process, which a main read
   */
  public static Locations of(Map<String, String> environment, Privileges user) {
    return user.isRoot() ? ofRoot(environment) : ofUser(environment, user);
  }

  /** With another state directory, which then holds images and cache as well. */
  public Locations withState(Path directory) {
    Path given = directory.toAbsolutePath().normalize();
    return new Locations(given, runtime, given.resolve("images"), given.resolve("cache"));
  }

  /** With another runtime directory. */
  public Locations withRuntime(Path directory) {
    return new Locations(state, directory.toAbsolutePath().normalize(), images, cache);
  }

  /** The machines' directories. */
  public Path machines() {
    return state.resolve("machines");
  }

  private static Locations ofRoot(Map<String, String> environment) {
    Path state = chosen(environment, "BAREVIRT_STATE_DIR").orElse(Path.of("/var/lib", NAME));
    return new Locations(
        state,
        chosen(environment, "BAREVIRT_RUNTIME_DIR").orElse(Path.of("/run", NAME)),
        state.resolve("images"),
        chosen(environment, "BAREVIRT_STATE_DIR")
            .map(given -> given.resolve("cache"))
            .orElse(Path.of("/var/cache", NAME)));
  }

  private static Locations ofUser(Map<String, String> environment, Privileges user) {
    Path home =
        chosen(environment, "HOME").orElse(Path.of("/tmp", NAME + "-" + user.uid(), "home"));
    Optional<Path> given = chosen(environment, "BAREVIRT_STATE_DIR");
    Path state =
        given.orElse(
            chosen(environment, "XDG_STATE_HOME")
                .orElse(home.resolve(".local/state"))
                .resolve(NAME));
    Path runtime =
        chosen(environment, "BAREVIRT_RUNTIME_DIR")
            .or(() -> chosen(environment, "XDG_RUNTIME_DIR").map(dir -> dir.resolve(NAME)))
            .orElse(Path.of("/tmp", NAME + "-" + user.uid()));
    Path images =
        given
            .map(dir -> dir.resolve("images"))
            .orElse(
                chosen(environment, "XDG_DATA_HOME")
                    .orElse(home.resolve(".local/share"))
                    .resolve(NAME)
                    .resolve("images"));
    Path cache =
        given
            .map(dir -> dir.resolve("cache"))
            .orElse(
                chosen(environment, "XDG_CACHE_HOME").orElse(home.resolve(".cache")).resolve(NAME));
    return new Locations(state, runtime, images, cache);
  }

  /** A variable counts only when it is an absolute path, as the XDG specification says. */
  private static Optional<Path> chosen(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> value.startsWith("/"))
        .map(value -> Path.of(value).normalize());
  }
}
