package dev.barevirt.api.launcher;

/**
 * Where things are in a launcher's pod: whoever makes the pod mounts there, and whoever asks for a
 * guest names paths there.
 */
public enum PodDirectory {
  /** The socket of the node's agent, in a directory that is mounted from the node. */
  AGENT("/var/run/barevirt-agent"),
  /** A container disk's image: one directory per volume. */
  CONTAINER_DISKS("/var/run/kubevirt/container-disks"),
  /** A claim with a file system: one directory per volume. */
  CLAIMS("/var/run/kubevirt-private/vmi-disks"),
  /** A claim that is a block device: one device per volume. */
  DEVICES("/dev"),
  /** Config maps: one directory per volume. */
  CONFIG_MAPS("/var/run/kubevirt-private/config-map"),
  /** Secrets: one directory per volume. */
  SECRETS("/var/run/kubevirt-private/secret"),
  /** Facts about the pod: one directory per volume. */
  DOWNWARD("/var/run/kubevirt-private/downwardapi"),
  /** Service accounts: one directory per volume. */
  SERVICE_ACCOUNTS("/var/run/kubevirt-private/service-account"),
  /** Answer files: one directory per volume. */
  SYSPREP("/var/run/kubevirt-private/sysprep"),
  /** Secrets with cloud-init's user data: one directory per volume. */
  CLOUD_INIT("/var/run/kubevirt-private/cloud-init"),
  /** Secrets with cloud-init's network data: one directory per volume. */
  CLOUD_INIT_NETWORK("/var/run/kubevirt-private/cloud-init-network"),
  /** Secrets with keys and passwords of the guest's users: one directory per secret. */
  ACCESS_CREDENTIALS("/var/run/kubevirt-private/access-credential"),
  /** What the launcher keeps for the pod's life. */
  STATE("/var/run/kubevirt-private/state"),
  /** The launcher's sockets. */
  RUNTIME("/var/run/kubevirt-private/run");

  private static final String KERNEL_BOOT = "kernel-boot";
  private static final String SOCKET = "agent.sock";

  private final String path;

  PodDirectory(String path) {
    this.path = path;
  }

  /** The directory. */
  public String path() {
    return path;
  }

  /** What belongs to one volume or secret. */
  public String of(String name) {
    return path + "/" + name;
  }

  /** The socket that the launcher dials. */
  public static String agentSocket() {
    return AGENT.of(SOCKET);
  }

  /** The image with the kernel that is booted directly. */
  public static String kernelBoot() {
    return CONTAINER_DISKS.of(KERNEL_BOOT);
  }
}
