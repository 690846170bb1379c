package dev.barevirt.e2e;

/** Manifests around the micro guest, which is up within seconds even under emulation. */
final class Micro {
  private static final String SPEC =
      """
      terminationGracePeriodSeconds: 0
      domain:
        resources: {requests: {memory: 128Mi}}
        firmware:
          kernelBoot:
            kernelArgs: console=ttyS0 quiet
            container:
              image: localhost/barevirt/guest-micro:dev
              kernelPath: /boot/vmlinuz
              initrdPath: /boot/initrd.gz
        devices:
          interfaces:
          - {name: default, masquerade: {}}
      networks:
      - {name: default, pod: {}}
      """;

  private Micro() {}

  /** An instance. */
  static String instance(String name) {
    return """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachineInstance
        metadata: {name: %s}
        spec:
        %s"""
        .formatted(name, SPEC.indent(2));
  }

  /** A machine. */
  static String machine(String name, String runStrategy) {
    return """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachine
        metadata: {name: %s}
        spec:
          runStrategy: %s
          template:
            spec:
        %s"""
        .formatted(name, runStrategy, SPEC.indent(6));
  }

  /** So many instances of the same kind. */
  static String replicas(String name, int replicas) {
    return """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachineInstanceReplicaSet
        metadata: {name: %1$s}
        spec:
          replicas: %2$d
          selector: {matchLabels: {set: %1$s}}
          template:
            metadata: {labels: {set: %1$s}}
            spec:
        %3$s"""
        .formatted(name, replicas, SPEC.indent(6));
  }
}
