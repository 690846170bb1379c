package dev.barevirt.control.vm;

import dev.barevirt.api.kube.VirtualMachineInstanceResource;
import dev.barevirt.api.kube.VirtualMachineResource;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.control.kube.Records;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Machines and instances for tests, written as people write them. */
final class Vms {
  static final Instant NOW = Instant.parse("2026-11-22T14:15:58Z");

  private Vms() {}

  static VirtualMachine vm(String strategy, String status) {
    return vm("", "runStrategy: " + strategy, status);
  }

  static VirtualMachine vm(String metadata, String spec, String status) {
    String yaml =
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachine
        metadata:
          name: sample
          namespace: default
          uid: vm-uid
          resourceVersion: "7"
          generation: 4
          finalizers: [kubevirt.io/virtualMachineControllerFinalize]
        %sspec:
          %s
          template:
            metadata: {labels: {kubevirt.io/vm: sample}}
            spec: {domain: {devices: {}}}
        %s"""
            .formatted(
                metadata.isEmpty() ? "" : metadata.indent(2),
                spec,
                status.isEmpty() ? "" : "status:\n" + status.indent(2));
    return Records.of(Serialization.unmarshal(yaml, VirtualMachineResource.class));
  }

  static VirtualMachineInstance vmi(String metadata, String status) {
    String yaml =
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachineInstance
        metadata:
          name: sample
          uid: vmi-uid
          annotations: {kubevirt.io/vm-generation: "3"}
        %sspec: {domain: {devices: {}}}
        %s"""
            .formatted(
                metadata.isEmpty() ? "" : metadata.indent(2),
                status.isEmpty() ? "" : "status:\n" + status.indent(2));
    return Records.of(Serialization.unmarshal(yaml, VirtualMachineInstanceResource.class));
  }

  static VirtualMachineInstance inPhase(String phase) {
    return vmi("", "phase: " + phase);
  }

  static VirtualMachineInstance going(String phase) {
    return vmi("deletionTimestamp: \"2026-11-22T14:15:50Z\"", "phase: " + phase);
  }

  static VmFacts facts(VirtualMachine vm, @Nullable VirtualMachineInstance vmi) {
    return new VmFacts(vm, Optional.ofNullable(vmi), new VmFacts.Volumes.Ready(), false, NOW);
  }
}
