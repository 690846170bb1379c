package dev.barevirt.api.v1.cluster;

import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** How long certificates last, and when new ones are made. */
public record CertificateRotateStrategy(
    @Doc("Certificates signed by an authority of the installation's own.")
        @Nullable SelfSigned selfSigned) {

  /** Certificates of an authority of its own; durations are written as in 24h0m0s. */
  public record SelfSigned(
      @Doc("How long the authority lasts; an older way to say ca.duration.")
          @Nullable String caRotateInterval,
      @Doc("How long certificates last; an older way to say server.duration.")
          @Nullable String certRotateInterval,
      @Doc("How long an authority and its successor overlap.") @Nullable String caOverlapInterval,
      @Doc("The authority's certificate.") @Nullable Lifetime ca,
      @Doc("Certificates of servers and clients.") @Nullable Lifetime server) {}

  /** The lifetime of a certificate. */
  public record Lifetime(
      @Doc("How long it lasts.") @Nullable String duration,
      @Doc("How long before its end there is a new one.") @Nullable String renewBefore) {}
}
