package dev.barevirt.agent.vmi;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.launcher.AgentReport;
import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.QemuReport;
import dev.barevirt.api.v1.VirtualMachineInstance;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Instances, pods and reports as tests need them. */
final class Facts {
  static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private Facts() {}

  /** An instance in a phase, with one translated interface and a kernel. */
  static VirtualMachineInstance vmi(String phase, String deletedAt) {
    String deleted = deletedAt.isEmpty() ? "" : "\"deletionTimestamp\":\"" + deletedAt + "\",";
    return read(
        """
        {"apiVersion":"kubevirt.io/v1","kind":"VirtualMachineInstance",
         "metadata":{"name":"sample","namespace":"default",%s"uid":"5fd25d8b-2ceb-4153-811f-863a63e38842"},
         "spec":{"terminationGracePeriodSeconds":20,
          "domain":{"cpu":{"cores":1},"memory":{"guest":"128Mi"},
           "firmware":{"kernelBoot":{"container":{"image":"k","kernelPath":"/boot/vmlinuz","initrdPath":"/boot/initrd.gz"}}},
           "devices":{"interfaces":[{"name":"default","masquerade":{}}],
                      "disks":[{"name":"root","disk":{"bus":"virtio"}}]}},
          "networks":[{"name":"default","pod":{}}],
          "volumes":[{"name":"root","containerDisk":{"image":"i"}}]},
         "status":{"phase":"%s","nodeName":"node01",
          "conditions":[{"type":"Ready","status":"False","reason":"GuestNotRunning","message":"not yet"},
                        {"type":"DataVolumesReady","status":"True"}],
          "phaseTransitionTimestamps":[{"phase":"Pending","phaseTransitionTimestamp":"2026-11-30T11:59:00Z"}]}}
        """
            .formatted(deleted, phase));
  }

  static VirtualMachineInstance vmi(String phase) {
    return vmi(phase, "");
  }

  static VirtualMachineInstance read(String json) {
    return switch (RecordReader.LENIENT.read(VirtualMachineInstance.class, json)) {
      case Reading.Accepted<VirtualMachineInstance>(VirtualMachineInstance vmi) -> vmi;
      case Reading.Refused<VirtualMachineInstance>(var violations) ->
          throw new AssertionError(violations);
    };
  }

  static PodFacts pod() {
    return pod(PodFacts.State.RUNNING, false);
  }

  static PodFacts pod(PodFacts.State state, boolean terminating) {
    return new PodFacts(
        "a62c0881-7369-4274-b6bc-6cc6aa0f50f0",
        "default",
        "virt-launcher-sample-abcde",
        state,
        List.of("10.244.1.34"),
        true,
        terminating,
        PodFacts.Gate.UNSET);
  }

  static GuestReport report(GuestPhase phase) {
    return report(phase, null, null);
  }

  static GuestReport report(
      GuestPhase phase, @Nullable GuestReason reason, @Nullable AgentReport agent) {
    return new GuestReport(
        GuestReport.VERSION,
        7,
        "default",
        "sample",
        phase,
        reason,
        null,
        null,
        null,
        new QemuReport(
            9, 1L, "10.0.0", QemuReport.Accelerator.TCG, null, "pc-q35-10.0", null, null),
        List.of(),
        List.of(),
        agent,
        null,
        agent != null,
        List.of());
  }

  static Observed seen(
      VirtualMachineInstance vmi, @Nullable PodFacts pod, @Nullable GuestReport report) {
    return new Observed(vmi, pod, report, null);
  }
}
