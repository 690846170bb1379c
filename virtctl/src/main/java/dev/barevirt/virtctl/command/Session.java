package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.api.ApiClient;
import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.kubeconfig.Access;
import dev.barevirt.virtctl.kubeconfig.AccessResolver;
import dev.barevirt.virtctl.output.Output;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one command line works with. */
public final class Session {
  private final World world;
  private final Arguments connection;
  private @Nullable ApiClient client;
  private @Nullable Access access;

  /**
   * The process around a command line.
   *
   * @param environment its environment
   * @param directory the folder it works in
   * @param output its streams
   * @param ticker its time
   * @param program how it is called: virtctl, or kubectl virt
   * @param self the words that start it again
   */
  public record World(
      Map<String, String> environment,
      Path directory,
      Output output,
      Ticker ticker,
      String program,
      List<String> self) {
    public World {
      environment = Map.copyOf(environment);
      self = List.copyOf(self);
    }
  }

  /** With the flags that say which cluster. */
  public Session(World world, Arguments connection) {
    this.world = world;
    this.connection = connection;
  }

  /** The process around it. */
  public World world() {
    return world;
  }

  /** Where results go. */
  public Output out() {
    return world.output();
  }

  /** The flags that say which cluster. */
  public Arguments connection() {
    return connection;
  }

  /** The cluster; nothing is sent before it is asked something. */
  public ApiClient api() {
    ApiClient made = client;
    if (made == null) {
      made = new ApiClient(access());
      client = made;
    }
    return made;
  }

  /** The cluster, if this command line has come to asking it. */
  public Optional<ApiClient> asked() {
    return Optional.ofNullable(client);
  }

  /** The namespace that is meant when none is named. */
  public String namespace() {
    return access == null ? resolver().namespace(connection) : access.namespace();
  }

  private Access access() {
    Access known = access;
    if (known == null) {
      known = resolver().resolve(connection);
      access = known;
    }
    return known;
  }

  private AccessResolver resolver() {
    return new AccessResolver(world.environment(), world.directory());
  }
}
