package dev.barevirt.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Volumes as a launcher uses them: by user 107, without one capability. */
class VolumesE2E {
  @RegisterExtension static final Cluster CLUSTER = new Cluster();

  private static final String CLAIM =
      """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: %s}
      spec:
        accessModes: [ReadWriteOnce]
        volumeMode: %s
        resources: {requests: {storage: 16Mi}}
      """;

  @Test
  void filesystemsAreMadeOnDemandAndKeepTheirFiles() {
    CLUSTER.apply(CLAIM.formatted("files", "Filesystem"));
    String mounts = "volumeMounts: [{name: it, mountPath: /it}]";
    start("files-1", mounts, "persistentVolumeClaim: {claimName: files}");
    CLUSTER.exec("files-1", "/busybox", "sh", "-c", "echo kept >/it/file");
    end("files-1");
    start("files-2", mounts, "persistentVolumeClaim: {claimName: files}");
    assertThat(CLUSTER.exec("files-2", "/busybox", "cat", "/it/file")).isEqualTo("kept");
    end("files-2");
    deletionRemovesTheVolume("files");
  }

  @Test
  void blockDevicesAreMadeOnDemandAndKeepTheirBytes() {
    CLUSTER.apply(CLAIM.formatted("blocks", "Block"));
    String devices = "volumeDevices: [{name: it, devicePath: /dev/it}]";
    start("blocks-1", devices, "persistentVolumeClaim: {claimName: blocks}");
    CLUSTER.exec("blocks-1", "/busybox", "sh", "-c", "printf kept | dd of=/dev/it conv=fsync");
    end("blocks-1");
    start("blocks-2", devices, "persistentVolumeClaim: {claimName: blocks}");
    assertThat(CLUSTER.exec("blocks-2", "/busybox", "head", "-c", "4", "/dev/it"))
        .isEqualTo("kept");
    assertThat(CLUSTER.exec("blocks-2", "/busybox", "sh", "-c", "wc -c </dev/it"))
        .isEqualTo(String.valueOf(16 << 20));
    end("blocks-2");
    deletionRemovesTheVolume("blocks");
  }

  @Test
  void aVolumeForSeveralNodesIsRefusedWithAReason() {
    CLUSTER.apply(
        CLAIM.formatted("shared", "Filesystem").replace("ReadWriteOnce", "ReadWriteMany"));
    apply(
        "shared",
        "volumeMounts: [{name: it, mountPath: /it}]",
        "persistentVolumeClaim: {claimName: shared}");
    Cluster.eventually(
        "the claim says why it has no volume",
        () ->
            CLUSTER
                .kubectl(
                    "get", "events", "--field-selector", "involvedObject.name=shared", "-o", "yaml")
                .contains("a local volume is on one node and cannot be ReadWriteMany"));
  }

  @Test
  void imagesAreVolumesThatNobodyChanges() {
    start(
        "image",
        "volumeMounts: [{name: it, mountPath: /it}]",
        "image: {reference: \"localhost/e2e/tools:1\", pullPolicy: Never}");
    assertThat(CLUSTER.exec("image", "/it/busybox", "id", "-u")).isEqualTo("107");
    assertThat(CLUSTER.exec("image", "/busybox", "grep", "^CapEff", "/proc/self/status"))
        .endsWith("0000000000000000");
    assertThat(CLUSTER.exec("image", "/busybox", "sh", "-c", "touch /it/new 2>&1 || true"))
        .contains("Read-only file system");
  }

  private static void start(String pod, String mounts, String volume) {
    apply(pod, mounts, volume);
    CLUSTER.awaitReady(pod);
  }

  private static void apply(String pod, String mounts, String volume) {
    CLUSTER.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s}
        spec:
          terminationGracePeriodSeconds: 0
          securityContext:
            runAsUser: 107
            runAsGroup: 107
            fsGroup: 107
            runAsNonRoot: true
            seccompProfile: {type: RuntimeDefault}
          containers:
          - name: tools
            image: localhost/e2e/tools:1
            command: [/busybox, sleep, "100000"]
            securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
            %s
          volumes: [{name: it, %s}]
        """
            .formatted(pod, mounts, volume));
  }

  private static void end(String pod) {
    CLUSTER.kubectl("delete", "pod", pod, "--wait", "--timeout=60s");
  }

  private static void deletionRemovesTheVolume(String claim) {
    PersistentVolumeClaim bound =
        CLUSTER
            .client()
            .persistentVolumeClaims()
            .inNamespace(CLUSTER.namespace())
            .withName(claim)
            .get();
    String volume = bound.getSpec().getVolumeName();
    CLUSTER.kubectl("delete", "pvc", claim, "--wait", "--timeout=60s");
    Cluster.eventually(
        "the volume of " + claim + " is gone",
        () -> CLUSTER.client().persistentVolumes().withName(volume).get() == null);
    for (String node : Cluster.cli("nodes").lines().toList()) {
      assertThat(Cluster.cli("ssh", node, "--", "ls", "/var/lib/cluster/volumes"))
          .doesNotContain(volume);
      assertThat(Cluster.cli("ssh", node, "--", "losetup", "--all")).doesNotContain(volume);
    }
  }
}
