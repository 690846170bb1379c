package dev.barevirt.launcher.disk;

import dev.barevirt.api.launcher.GivenVolume;
import dev.barevirt.launcher.machine.PreparedVolume;
import org.jspecify.annotations.Nullable;

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

  /** The format somebody declared, or null when nobody did. */
  static @Nullable DiskFormat of(GivenVolume.@Nullable Format declared) {
    return switch (declared) {
      case RAW -> RAW;
      case QCOW2 -> QCOW2;
      case null -> null;
    };
  }

  PreparedVolume.Format prepared() {
    return switch (this) {
      case RAW -> PreparedVolume.Format.RAW;
      case QCOW2 -> PreparedVolume.Format.QCOW2;
    };
  }
}
