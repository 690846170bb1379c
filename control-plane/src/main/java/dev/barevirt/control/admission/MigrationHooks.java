package dev.barevirt.control.admission;

import dev.barevirt.api.condition.VmiPhase;
import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.rules.Violation;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.VirtualMachineInstanceMigration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Judges migrations; this version makes none, and says so before one waits for ever. */
final class MigrationHooks {
  private static final FieldPath VMI_NAME = FieldPath.of("spec", "vmiName");

  private final Cluster cluster;

  MigrationHooks(Cluster cluster) {
    this.cluster = cluster;
  }

  Verdict create(Review review) {
    VirtualMachineInstanceMigration migration =
        review.object(VirtualMachineInstanceMigration.class);
    String name = Objects.requireNonNullElse(migration.spec().vmiName(), "");
    if (name.isEmpty()) {
      return Verdict.of(List.of(Violation.required(VMI_NAME, "vmiName is missing")));
    }
    Optional<VirtualMachineInstance> vmi = cluster.instance(review.namespace(), name);
    if (vmi.isEmpty()) {
      return Verdict.badRequest(
          "the VMI \"%s/%s\" does not exist".formatted(review.namespace(), name));
    }
    if (phase(vmi.get()).isFinal()) {
      return Verdict.badRequest("Cannot migrate VMI in finalized state.");
    }
    return Verdict.badRequest("migrate is not supported by this version");
  }

  Verdict update(Review review) {
    VirtualMachineInstanceMigration after = review.object(VirtualMachineInstanceMigration.class);
    VirtualMachineInstanceMigration before = review.old(VirtualMachineInstanceMigration.class);
    return after.spec().equals(before.spec())
        ? Verdict.allowed()
        : Verdict.of(
            List.of(
                Violation.notSupported(
                    FieldPath.of("spec"), "update of Migration object's spec is restricted")));
  }

  private static VmiPhase phase(VirtualMachineInstance vmi) {
    return vmi.status() == null
        ? VmiPhase.UNSET
        : VmiPhase.of(vmi.status().phase()).orElse(VmiPhase.UNKNOWN);
  }
}
