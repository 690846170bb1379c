package dev.barevirt.control.vmi;

import dev.barevirt.api.kube.VirtualMachineInstanceResource;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.control.cluster.ClusterConfig;
import dev.barevirt.control.kube.Records;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;

/** Instances and pods for tests, written as people write them. */
final class Vmis {
  static final Instant NOW = Instant.parse("2026-11-22T14:15:58Z");
  static final ClusterConfig CONFIG = ClusterConfig.ofDefaults("registry.example/launcher:1");
  static final String UID = "2a2b6611-d58b-4b60-9845-0e526d94d2e7";

  private Vmis() {}

  /** An instance with a specification's fields, indented by two. */
  static VirtualMachineInstance withSpec(String spec) {
    return of("finalizers: [kubevirt.io/foregroundDeleteVirtualMachine]", spec, "");
  }

  static VirtualMachineInstance of(String metadata, String spec, String status) {
    String yaml =
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachineInstance
        metadata:
          name: sample
          namespace: default
          uid: %s
          resourceVersion: "7"
        %sspec:
        %s%s"""
            .formatted(
                UID,
                metadata.isEmpty() ? "" : metadata.strip().indent(2),
                spec.indent(2),
                status.isEmpty() ? "" : "status:\n" + status.indent(2));
    return Records.of(Serialization.unmarshal(yaml, VirtualMachineInstanceResource.class));
  }

  /** A launcher's pod with a status. */
  static Pod pod(String metadata, String spec, String status) {
    String yaml =
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: virt-launcher-sample-abcde
          namespace: default
          uid: pod-uid
        %sspec:
          containers:
          - name: compute
            image: registry.example/launcher:1
        %sstatus:
        %s"""
            .formatted(
                metadata.isEmpty() ? "" : metadata.indent(2),
                spec.isEmpty() ? "" : spec.indent(2),
                status.indent(2));
    return Serialization.unmarshal(yaml, Pod.class);
  }

  static Pod waiting() {
    return pod("", "", "phase: Pending");
  }

  static Pod running() {
    return pod(
        "",
        "nodeName: node01",
        """
        phase: Running
        qosClass: Burstable
        conditions:
        - {type: Ready, status: "False", reason: ReadinessGatesNotReady, message: wait}
        containerStatuses:
        - {name: compute, state: {running: {startedAt: "2026-11-22T14:15:59Z"}}}
        """);
  }

  static Pod ended(int exitCode, String finishedAt) {
    return pod(
        "",
        "nodeName: node01",
        """
        phase: %s
        containerStatuses:
        - {name: compute, state: {terminated: {exitCode: %d, finishedAt: "%s"}}}
        """
            .formatted(exitCode == 0 ? "Succeeded" : "Failed", exitCode, finishedAt));
  }

  static VmiFacts facts(VirtualMachineInstance vmi, Pod... pods) {
    return new VmiFacts(vmi, List.of(pods), VmiFacts.Claims.NONE, CONFIG, NOW);
  }
}
