package dev.barevirt.launcher.machine;

import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.yaml.YamlReader;

/** Instances for tests, written as users write them. */
public final class Vmis {
  private Vmis() {}

  /** An instance from its whole manifest. */
  public static VirtualMachineInstance manifest(String yaml) {
    return YamlReader.read(VirtualMachineInstance.class, yaml).orThrow();
  }

  /** An instance named sample whose {@code spec} is this. */
  public static VirtualMachineInstance spec(String yaml) {
    return manifest(
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachineInstance
        metadata:
          name: sample
          namespace: default
        spec:
        """
            + yaml.indent(2));
  }

  /**
   * An instance with 128 MiB and no devices but those in this part of its {@code spec.domain}; a
   * {@code devices} and a {@code memory} of its own go first.
   */
  public static VirtualMachineInstance domain(String yaml) {
    StringBuilder domain = new StringBuilder("domain:\n");
    if (!yaml.startsWith("devices:") && !yaml.contains("\ndevices:")) {
      domain.append("  devices: {}\n");
    }
    if (!yaml.startsWith("memory:") && !yaml.contains("\nmemory:")) {
      domain.append("  memory: {guest: 128Mi}\n");
    }
    return spec(domain + yaml.indent(2));
  }

  /** An instance with 128 MiB and these {@code spec.domain.devices}. */
  public static VirtualMachineInstance devices(String yaml) {
    return domain("devices:\n" + yaml.indent(2));
  }
}
