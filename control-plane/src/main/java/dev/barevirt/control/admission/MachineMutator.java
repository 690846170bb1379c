package dev.barevirt.control.admission;

import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.rules.VmDefaults;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstanceTemplateSpec;
import dev.barevirt.api.v1.domain.Firmware;
import dev.barevirt.control.patch.JsonPatch;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Fills in what must stay the same over all runs of a machine; a change that leaves it out keeps
 * it.
 */
final class MachineMutator implements Hook {
  private final Cluster cluster;

  MachineMutator(Cluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public Verdict judge(Review review) {
    if (review.operation() == Review.Operation.DELETE) {
      return Verdict.allowed();
    }
    VirtualMachine before = review.object(VirtualMachine.class);
    if (review.isIncomplete(VirtualMachine.class)) {
      return Verdict.allowed();
    }
    Optional<Firmware> known = firmware(review);
    VirtualMachine after =
        VmDefaults.apply(
            before,
            cluster.settings(),
            known.map(Firmware::uuid).orElseGet(() -> UUID.randomUUID().toString()),
            known.map(Firmware::serial).orElseGet(() -> UUID.randomUUID().toString()));
    return new Verdict.Changed(
        JsonPatch.between(
            Map.of("spec", Review.map(review.object().get("spec"))),
            Map.of("spec", RecordWriter.plain(before.spec())),
            Map.of("spec", RecordWriter.plain(after.spec()))));
  }

  private static Optional<Firmware> firmware(Review review) {
    return Optional.ofNullable(review.old(VirtualMachine.class).spec().template())
        .map(VirtualMachineInstanceTemplateSpec::spec)
        .map(spec -> spec.domain().firmware());
  }
}
