package dev.barevirt.virtctl.kubeconfig;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to reach one cluster, and as whom.
 *
 * @param server where the API is
 * @param namespace the namespace that is meant when none is named
 * @param trust how the server is known
 * @param identity as whom
 * @param proxy through which HTTP proxy, or directly
 * @param timeout how long a request may take; zero is for ever
 */
public record Access(
    URI server,
    String namespace,
    Trust trust,
    Identity identity,
    @Nullable URI proxy,
    Duration timeout) {

  /**
   * How the server is known.
   *
   * @param authority certificates in PEM; empty means those the system trusts
   * @param serverName the name its certificate has; empty means the address's
   * @param blind whether nothing is checked
   */
  public record Trust(String authority, String serverName, boolean blind) {}

  /**
   * As whom.
   *
   * @param headers what every request carries, such as Authorization and Impersonate-User
   * @param certificate the client's certificates in PEM; may be empty
   * @param key their key in PEM
   */
  public record Identity(Map<String, List<String>> headers, String certificate, String key) {
    public Identity {
      headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
      return "Identity[...]"; // holds secrets
    }
  }
}
