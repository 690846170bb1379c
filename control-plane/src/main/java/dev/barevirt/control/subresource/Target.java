package dev.barevirt.control.subresource;

/**
 * The object a request is about.
 *
 * @param kind its kind
 * @param namespace its namespace
 * @param name its name
 */
record Target(Kind kind, String namespace, String name) {

  /** The kinds that have subresources. */
  enum Kind {
    /** A virtual machine. */
    MACHINE("virtualmachine"),
    /** An instance. */
    INSTANCE("virtualmachineinstance");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    String wireName() {
      return wireName;
    }
  }

  Target as(Kind other) {
    return new Target(other, namespace, name);
  }

  /** The object as messages name it. */
  String named() {
    return kind.wireName + ".kubevirt.io \"" + name + "\"";
  }
}
