package dev.barevirt.api.v1.device;

/** A source of random numbers. */
public record Rng() {
  /** Nothing said. */
  public static final Rng EMPTY = new Rng();
}
