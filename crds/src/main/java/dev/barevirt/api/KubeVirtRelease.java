package dev.barevirt.api;

/** The release of KubeVirt whose API ours is. */
public final class KubeVirtRelease {
  /** Its version, which the server tells and clients compare with their own. */
  public static final String VERSION = "v1.9.0";

  private KubeVirtRelease() {}
}
