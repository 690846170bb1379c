package dev.barevirt.virtctl.kubeconfig;

import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.kubeconfig.Kubeconfig.Entry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which cluster is meant and as whom: flags come before the kubeconfig, which comes
 * before the pod that the command may run in.
 */
public final class AccessResolver {
  private static final Path SERVICE_ACCOUNT =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  private final Map<String, String> environment;
  private final Path directory;
  private final Path serviceAccount;
  private final ExecCredentials execCredentials;

  /**
   * In a process's world.
   *
   * @param environment its environment
   * @param directory the folder it works in
   */
  public AccessResolver(Map<String, String> environment, Path directory) {
    this(environment, directory, SERVICE_ACCOUNT);
  }

  AccessResolver(Map<String, String> environment, Path directory, Path serviceAccount) {
    this.environment = Map.copyOf(environment);
    this.directory = directory;
    this.serviceAccount = serviceAccount;
    this.execCredentials = new ExecCredentials(environment, directory);
  }

  /** What the given flags of {@link ConnectionFlags} lead to. */
  public Access resolve(Arguments flags) {
    Kubeconfig config = Kubeconfig.load(files(flags));
    boolean inPod = config.isEmpty() && flags.text("server").isEmpty() && isInPod();
    Entry context = inPod ? Entry.none() : context(config, flags);
    Entry cluster = named("cluster", config.clusters(), flags, context);
    Entry user = named("user", config.users(), flags, context);
    URI server = inPod ? podServer() : server(flags, cluster);
    Access.Trust trust = trust(flags, cluster, inPod);
    return new Access(
        server,
        namespace(flags, context, inPod),
        trust,
        identity(flags, user, cluster, server, inPod),
        proxy(cluster, server),
        timeout(flags.text("request-timeout")));
  }

  /** The namespace the given flags lead to, which needs no cluster. */
  public String namespace(Arguments flags) {
    Kubeconfig config = Kubeconfig.load(files(flags));
    boolean inPod = config.isEmpty() && isInPod();
    return namespace(flags, inPod ? Entry.none() : context(config, flags), inPod);
  }

  private List<Path> files(Arguments flags) {
    String asked = flags.text("kubeconfig");
    if (!asked.isEmpty()) {
      Path file = directory.resolve(asked);
      if (!Files.exists(file)) {
        throw new KubeconfigException("stat %s: no such file or directory".formatted(asked));
      }
      return List.of(file);
    }
    String listed = environment.getOrDefault("KUBECONFIG", "");
    if (!listed.isEmpty()) {
      return Arrays.stream(listed.split(java.io.File.pathSeparator))
          .filter(file -> !file.isEmpty())
          .map(directory::resolve)
          .toList();
    }
    return List.of(Path.of(environment.getOrDefault("HOME", "/"), ".kube", "config"));
  }

  private static Entry context(Kubeconfig config, Arguments flags) {
    String asked = flags.text("context");
    String name = asked.isEmpty() ? config.currentContext() : asked;
    if (name.isEmpty()) {
      return Entry.none();
    }
    return existing("context", name, config.contexts());
  }

  private static Entry named(
      String kind, Map<String, Entry> entries, Arguments flags, Entry context) {
    String asked = flags.text(kind);
    String name = asked.isEmpty() ? context.fields().text(kind) : asked;
    return name.isEmpty()
        ? Entry.none()
        : existing(kind.equals("user") ? "auth info" : kind, name, entries);
  }

  private static Entry existing(String kind, String name, Map<String, Entry> entries) {
    return Optional.ofNullable(entries.get(name))
        .orElseThrow(
            () -> new KubeconfigException("%s \"%s\" does not exist".formatted(kind, name)));
  }

  private static URI server(Arguments flags, Entry cluster) {
    String asked = flags.text("server");
    String server = asked.isEmpty() ? cluster.fields().text("server") : asked;
    if (server.isEmpty()) {
      throw new KubeconfigException(
          "no cluster is configured; name one with --kubeconfig, --server or the environment variable"
              + " KUBECONFIG");
    }
    try {
      URI address = URI.create(server.contains("://") ? server : "http://" + server);
      if (address.getHost() == null) {
        throw new KubeconfigException("\"%s\" is not the address of a server".formatted(server));
      }
      return address;
    } catch (IllegalArgumentException e) {
      throw new KubeconfigException("\"%s\" is not the address of a server".formatted(server), e);
    }
  }

  private Access.Trust trust(Arguments flags, Entry cluster, boolean inPod) {
    if (inPod) {
      return new Access.Trust(text(serviceAccount.resolve("ca.crt")), "", false);
    }
    boolean blind =
        flags.has("insecure-skip-tls-verify")
            ? flags.truth("insecure-skip-tls-verify")
            : cluster.fields().truth("insecure-skip-tls-verify");
    String name = flags.text("tls-server-name");
    return new Access.Trust(
        material(flags, cluster, "certificate-authority"),
        name.isEmpty() ? cluster.fields().text("tls-server-name") : name,
        blind);
  }

  private Access.Identity identity(
      Arguments flags, Entry user, Entry cluster, URI server, boolean inPod) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    impersonate(flags, user, headers);
    if (inPod) {
      headers.put(
          "Authorization", List.of("Bearer " + text(serviceAccount.resolve("token")).strip()));
      return new Access.Identity(headers, "", "");
    }
    String certificate = material(flags, user, "client-certificate");
    String key = material(flags, user, "client-key");
    Optional<String> token = token(flags, user);
    if (token.isPresent()) {
      headers.put("Authorization", List.of("Bearer " + token.get()));
    } else if (user.fields().has("username")) {
      String pair = user.fields().text("username") + ":" + user.fields().text("password");
      String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
      headers.put("Authorization", List.of("Basic " + encoded));
    } else if (user.fields().has("exec")) {
      ExecCredentials.Credential credential = execCredentials.ask(user, cluster, server);
      if (!credential.token().isEmpty()) {
        headers.put("Authorization", List.of("Bearer " + credential.token()));
      }
      if (!credential.certificate().isEmpty()) {
        return new Access.Identity(headers, credential.certificate(), credential.key());
      }
    } else if (user.fields().has("auth-provider")) {
      throw new KubeconfigException(
          "the auth provider \"%s\" is not supported; use a credential plugin (exec) instead"
              .formatted(user.fields().at("auth-provider").text("name")));
    }
    return new Access.Identity(headers, certificate, key);
  }

  private Optional<String> token(Arguments flags, Entry user) {
    if (flags.has("token")) {
      return Optional.of(flags.text("token"));
    }
    Optional<Path> file = user.path("tokenFile");
    if (file.isPresent()) {
      return Optional.of(text(file.get()).strip());
    }
    return Optional.of(user.fields().text("token")).filter(token -> !token.isEmpty());
  }

  private static void impersonate(Arguments flags, Entry user, Map<String, List<String>> headers) {
    String as = flags.has("as") ? flags.text("as") : user.fields().text("as");
    String uid = flags.has("as-uid") ? flags.text("as-uid") : user.fields().text("as-uid");
    List<String> groups =
        flags.has("as-group") ? flags.texts("as-group") : user.fields().texts("as-groups");
    if (as.isEmpty()) {
      if (!groups.isEmpty() || !uid.isEmpty()) {
        throw new KubeconfigException(
            "requesting uid, groups or user-extra without impersonating a user; add --as");
      }
      return;
    }
    headers.put("Impersonate-User", List.of(as));
    if (!uid.isEmpty()) {
      headers.put("Impersonate-Uid", List.of(uid));
    }
    if (!groups.isEmpty()) {
      headers.put("Impersonate-Group", groups);
    }
  }

  /** PEM that a flag names as a file, or that an entry holds in base64 or names as a file. */
  private String material(Arguments flags, Entry entry, String name) {
    if (flags.has(name)) {
      return text(directory.resolve(flags.text(name)));
    }
    String data = entry.fields().text(name + "-data");
    if (!data.isEmpty()) {
      try {
        return new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        throw new KubeconfigException(name + "-data in the kubeconfig is not base64", e);
      }
    }
    return entry.path(name).map(AccessResolver::text).orElse("");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new KubeconfigException("unable to read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private String namespace(Arguments flags, Entry context, boolean inPod) {
    String asked = flags.text("namespace");
    if (!asked.isEmpty()) {
      return asked;
    }
    Path own = serviceAccount.resolve("namespace");
    String named =
        inPod && Files.exists(own) ? text(own).strip() : context.fields().text("namespace");
    return named.isEmpty() ? "default" : named;
  }

  private boolean isInPod() {
    return environment.containsKey("KUBERNETES_SERVICE_HOST")
        && Files.exists(serviceAccount.resolve("token"));
  }

  private URI podServer() {
    String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
    String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    return URI.create(
        "https://%s:%s".formatted(host.contains(":") ? "[" + host + "]" : host, port));
  }

  private @Nullable URI proxy(Entry cluster, URI server) {
    String named = cluster.fields().text("proxy-url");
    if (named.isEmpty() && !bypasses(server.getHost())) {
      named = variable(server.getScheme() + "_proxy");
    }
    if (named.isEmpty()) {
      return null;
    }
    URI proxy = URI.create(named.contains("://") ? named : "http://" + named);
    if (!"http".equals(proxy.getScheme())) {
      throw new KubeconfigException(
          "the proxy %s is not supported; only http:// proxies are".formatted(named));
    }
    return proxy;
  }

  private boolean bypasses(String host) {
    return host.equals("localhost")
        || host.startsWith("127.")
        || host.equals("[::1]")
        || Arrays.stream(variable("no_proxy").split(","))
            .map(String::strip)
            .filter(each -> !each.isEmpty())
            .map(each -> each.startsWith(".") ? each.substring(1) : each)
            .anyMatch(each -> each.equals("*") || host.equals(each) || host.endsWith("." + each));
  }

  private String variable(String name) {
    return environment.getOrDefault(
        name, environment.getOrDefault(name.toUpperCase(java.util.Locale.ROOT), ""));
  }

  private static Duration timeout(String written) {
    try {
      String text = written.matches("\\d+") ? written + "s" : written;
      return Duration.parse("PT" + text.toUpperCase(java.util.Locale.ROOT));
    } catch (java.time.DateTimeException e) {
      throw new KubeconfigException(
          "invalid --request-timeout \"%s\"; write a number and a unit, such as 30s or 2m"
              .formatted(written),
          e);
    }
  }
}
