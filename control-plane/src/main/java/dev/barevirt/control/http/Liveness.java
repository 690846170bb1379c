package dev.barevirt.control.http;

import java.time.Duration;

/**
 * How a client is found out that is gone without having said so.
 *
 * @param ping how often it is asked
 * @param silence after how long without an answer or anything else it counts as gone
 */
public record Liveness(Duration ping, Duration silence) {
  /** For people, whose programs may be stopped for a while. */
  public static final Liveness PATIENT = new Liveness(Duration.ofSeconds(30), Duration.ofHours(1));

  /** For programs that forward connections. */
  public static final Liveness STRICT = new Liveness(Duration.ofSeconds(1), Duration.ofSeconds(60));
}
