package dev.barevirt.api.v1.cluster;

import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** How a component talks to the cluster. */
public record ComponentClient(@Doc("Its client.") @Nullable RestClient restClient) {

  /** A client. */
  public record RestClient(@Doc("How often it may ask.") @Nullable RateLimiter rateLimiter) {}

  /** How often a client may ask. */
  public record RateLimiter(
      @Doc("So many times a second, and some more at once.")
          @Nullable TokenBucket tokenBucketRateLimiter) {}

  /** So many times a second, and some more at once. */
  public record TokenBucket(
      @Doc("How often a second.") @Required @Nullable Double qps,
      @Doc("How often at once.") @Required @Nullable Integer burst) {}
}
