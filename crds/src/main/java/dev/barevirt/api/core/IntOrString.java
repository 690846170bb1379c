package dev.barevirt.api.core;

/** A number or a name, as Kubernetes writes ports. */
public sealed interface IntOrString {
  /** A number. */
  record Numbered(int value) implements IntOrString {
    @Override
    public String toString() {
      return Integer.toString(value);
    }
  }

  /** A name. */
  record Named(String value) implements IntOrString {
    @Override
    public String toString() {
      return value;
    }
  }

  /** The number. */
  static IntOrString of(int number) {
    return new Numbered(number);
  }

  /** The name. */
  static IntOrString of(String name) {
    return new Named(name);
  }
}
