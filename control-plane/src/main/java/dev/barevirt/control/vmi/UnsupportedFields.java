package dev.barevirt.control.vmi;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.rules.Violation;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.domain.Memory;
import dev.barevirt.api.v1.source.Network;
import dev.barevirt.api.v1.source.Probe;
import dev.barevirt.api.v1.source.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Valid fields that a launcher's pod has no part for yet. A guest that sets one is not started,
 * rather than started with it ignored. The launcher refuses those that the machine has none for.
 */
final class UnsupportedFields {
  private static final String SAID = "is not supported by this version";

  private final List<Violation> found = new ArrayList<>();

  private UnsupportedFields() {}

  /** The fields by name. */
  static List<Violation> of(VirtualMachineInstanceSpec spec) {
    UnsupportedFields fields = new UnsupportedFields();
    FieldPath at = FieldPath.of("spec");
    fields.refuse(!spec.utilityVolumes().isEmpty(), at.field("utilityVolumes"));
    fields.refuse(!spec.resourceClaims().isEmpty(), at.field("resourceClaims"));
    fields.refuse(!spec.accessCredentials().isEmpty(), at.field("accessCredentials"));
    fields.refuse(
        Optional.ofNullable(spec.domain().memory()).map(Memory::hugepages).isPresent(),
        at.field("domain").field("memory").field("hugepages"));
    fields.refuse(
        Boolean.TRUE.equals(spec.domain().devices().autoattachVSOCK()),
        at.field("domain").field("devices").field("autoattachVSOCK"));
    fields.probe(spec.livenessProbe(), at.field("livenessProbe"));
    fields.probe(spec.readinessProbe(), at.field("readinessProbe"));
    for (int index = 0; index < spec.volumes().size(); index++) {
      fields.volume(spec.volumes().get(index), at.field("volumes").index(index));
    }
    for (int index = 0; index < spec.networks().size(); index++) {
      fields.network(spec.networks().get(index), at.field("networks").index(index));
    }
    return List.copyOf(fields.found);
  }

  private void probe(@Nullable Probe probe, FieldPath at) {
    if (probe != null) {
      refuse(probe.exec() != null, at.field("exec"));
      refuse(probe.guestAgentPing() != null, at.field("guestAgentPing"));
    }
  }

  private void volume(Volume volume, FieldPath at) {
    refuse(volume.hostDisk() != null, at.field("hostDisk"));
    refuse(volume.containerPath() != null, at.field("containerPath"));
    refuse(volume.memoryDump() != null, at.field("memoryDump"));
    refuse(volume.downwardMetrics() != null, at.field("downwardMetrics"));
  }

  private void network(Network network, FieldPath at) {
    refuse(network.multus() != null, at.field("multus"));
    refuse(network.resourceClaim() != null, at.field("resourceClaim"));
  }

  private void refuse(boolean isSet, FieldPath at) {
    if (isSet) {
      found.add(Violation.unsupported(at, SAID));
    }
  }
}
