package dev.barevirt.launcher.disk;

/** The formats a guest's disk may have; everything else QEMU could read is refused. */
public enum DiskFormat {
  /** Bytes as the guest sees them. */
  RAW("raw"),
  /** QEMU's copy-on-write format. */
  QCOW2("qcow2");

  private final String driver;

  DiskFormat(String driver) {
    this.driver = driver;
  }

  /** The name of QEMU's block driver. */
  public String driver() {
    return driver;
  }
}
