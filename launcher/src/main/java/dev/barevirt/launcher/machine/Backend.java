package dev.barevirt.launcher.machine;

/** The host's side of a device; it exists before the device and outlives it. */
public sealed interface Backend extends FragmentPart {
  /** The id, unique among backends of its kind. */
  String id();

  /** What it is made of. */
  Properties properties();

  /**
   * {@code -object}, {@code object-add}.
   *
   * @param properties with {@code qom-type} and {@code id}
   */
  record QemuObject(Properties properties) implements Backend {
    /** An object of a type. */
    public static QemuObject of(String type, String id, Properties rest) {
      return new QemuObject(Properties.of("qom-type", type).with("id", id).with(rest));
    }

    @Override
    public String id() {
      return properties.text("id");
    }
  }

  /**
   * {@code -blockdev}, {@code blockdev-add}.
   *
   * @param properties with {@code driver} and {@code node-name}
   */
  record Blockdev(Properties properties) implements Backend {
    @Override
    public String id() {
      return properties.text("node-name");
    }
  }

  /**
   * {@code -netdev}, {@code netdev_add}.
   *
   * @param properties with {@code type} and {@code id}
   */
  record Netdev(Properties properties) implements Backend {
    @Override
    public String id() {
      return properties.text("id");
    }
  }

  /**
   * {@code -chardev}, {@code chardev-add}. QEMU takes no JSON here, so its members are rendered as
   * {@code key=value}.
   *
   * @param type the kind: {@code socket}, {@code null}…
   * @param id the id
   * @param properties its options, as the command line has them
   */
  record Chardev(String type, String id, Properties properties) implements Backend {}

  /**
   * {@code -tpmdev}; cannot be plugged into a running machine.
   *
   * @param type the kind
   * @param id the id
   * @param properties its options, as the command line has them
   */
  record Tpmdev(String type, String id, Properties properties) implements Backend {}

  /**
   * {@code -audiodev}; cannot be plugged into a running machine.
   *
   * @param properties with {@code driver} and {@code id}
   */
  record Audiodev(Properties properties) implements Backend {
    @Override
    public String id() {
      return properties.text("id");
    }
  }
}
