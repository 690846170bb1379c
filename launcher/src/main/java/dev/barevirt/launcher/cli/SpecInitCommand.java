package dev.barevirt.launcher.cli;

import picocli.CommandLine.Command;

@Command(
    name = "init",
    description =
        "Prints a manifest to start from: a small machine with one disk, one network and a"
            + " console.",
    footer = {"  launcher spec init > vmi.yaml && launcher run -f vmi.yaml"})
final class SpecInitCommand implements Action {
  private static final String TEMPLATE =
      """
      # A virtual machine. 'launcher spec explain' tells what else there is.
      apiVersion: kubevirt.io/v1
      kind: VirtualMachineInstance
      metadata:
        name: my-vm
        annotations:
          # Host port 2222 leads to the guest's port 22.
          launcher.barevirt.dev/publish: 2222:22
      spec:
        terminationGracePeriodSeconds: 30
        domain:
          cpu:
            cores: 2
          memory:
            guest: 1Gi
          devices:
            autoattachGraphicsDevice: false
            disks:
            - name: root
              disk:
                bus: virtio
            - name: cloudinit
              disk:
                bus: virtio
            interfaces:
            - name: default
              masquerade: {}
            rng: {}
        networks:
        - name: default
          pod: {}
        volumes:
        - name: root
          hostDisk:
            path: /var/lib/images/root.qcow2
            type: Disk
        - name: cloudinit
          cloudInitNoCloud:
            userData: |
              #cloud-config
              hostname: my-vm
      """;

  private final Session session;

  SpecInitCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() {
    session.out().text(TEMPLATE);
    return DONE;
  }
}
