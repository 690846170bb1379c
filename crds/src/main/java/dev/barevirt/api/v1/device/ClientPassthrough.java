package dev.barevirt.api.v1.device;

/** USB ports that a client can plug its devices into. */
public record ClientPassthrough() {
  /** Nothing said. */
  public static final ClientPassthrough EMPTY = new ClientPassthrough();
}
