package dev.barevirt.qmp.wire;

import java.time.Duration;

/**
 * What a server lets its peers cost.
 *
 * @param peers how many may be connected at a time; more are closed at once
 * @param requests how many requests of one peer are served at a time; more wait in its socket
 * @param frameLimit the longest line that is read, in bytes
 * @param writeLimit how many bytes may wait for a peer that does not read
 * @param firstRequest how long a peer may take until its first request
 */
public record WireLimits(
    int peers, int requests, int frameLimit, int writeLimit, Duration firstRequest) {
  /** For barevirt's own calls between processes. */
  public static WireLimits rpc() {
    return new WireLimits(32, 16, 1024 * 1024, 4 * 1024 * 1024, Duration.ofSeconds(10));
  }
}
