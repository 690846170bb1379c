package dev.barevirt.agent.launcher;

/**
 * What an instance is called.
 *
 * @param namespace its namespace
 * @param name its name
 */
public record GuestName(String namespace, String name) {
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
