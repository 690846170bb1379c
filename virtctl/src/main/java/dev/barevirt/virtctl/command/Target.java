package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.api.ApiPath;
import dev.barevirt.virtctl.api.Kind;
import dev.barevirt.virtctl.flag.UsageException;

/**
 * What a connection leads to, written {@code TYPE/NAME} or {@code TYPE/NAME/NAMESPACE}.
 *
 * @param kind a machine or an instance
 * @param namespace its namespace
 * @param name its name
 */
record Target(Kind kind, String namespace, String name) {
  /** Reads it; without a namespace it is in the session's. */
  static Target of(String written, Session session) {
    String[] parts = written.split("/", -1);
    if (parts.length < 2) {
      throw new UsageException(
          "target must contain type and name separated by '/', such as vmi/my-vmi: " + written);
    }
    if (parts.length > 3) {
      throw new UsageException("target is not valid with more than two '/': " + written);
    }
    if (parts[1].isEmpty() || (parts.length == 3 && parts[2].isEmpty())) {
      throw new UsageException("name and namespace of a target cannot be empty: " + written);
    }
    Kind kind = Operand.machineOrInstance(parts[0]);
    return new Target(kind, parts.length == 3 ? parts[2] : session.namespace(), parts[1]);
  }

  /** Where one of its ports is. */
  String port(int port, String protocol) {
    return ApiPath.of(kind, namespace, name, "portforward/%d/%s".formatted(port, protocol));
  }

  @Override
  public String toString() {
    return kind.word() + "/" + name + "/" + namespace;
  }
}
