package dev.barevirt.control.vm;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.json.Tree;
import dev.barevirt.api.kube.VirtualMachineResource;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.VirtualMachineSpec;
import dev.barevirt.control.kube.FieldWriter;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What machines were like when they were started, kept beside them. */
final class Revisions {
  private final KubernetesClient client;
  private final FieldWriter writer;

  Revisions(KubernetesClient client, FieldWriter writer) {
    this.client = client;
    this.writer = writer;
  }

  private static String name(VirtualMachine vm, String generation) {
    return "revision-start-vm-" + vm.metadata().uid() + "-" + generation;
  }

  /** Keeps the machine as it is, and forgets the start before. */
  void keep(VirtualMachineResource resource, VirtualMachine vm) throws InterruptedException {
    String generation = String.valueOf(vm.metadata().generation());
    ControllerRevision revision =
        new ControllerRevisionBuilder()
            .withNewMetadata()
            .withName(name(vm, generation))
            .withNamespace(vm.metadata().namespace())
            .withOwnerReferences(
                new OwnerReferenceBuilder()
                    .withApiVersion(resource.getApiVersion())
                    .withKind(resource.getKind())
                    .withName(vm.metadata().name())
                    .withUid(vm.metadata().uid())
                    .withController(true)
                    .withBlockOwnerDeletion(true)
                    .build())
            .endMetadata()
            .withData(Map.of("spec", RecordWriter.plain(vm.spec())))
            .withRevision(Optional.ofNullable(vm.metadata().generation()).orElse(0L))
            .build();
    try {
      writer.create(revision);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
    Long before = vm.status() == null ? null : vm.status().observedGeneration();
    if (before != null && !before.equals(vm.metadata().generation())) {
      find(vm, before.toString()).ifPresent(old -> client.resource(old).delete());
    }
  }

  /** Whether the machine's template is another than the one its instance was made from. */
  boolean isChanged(VirtualMachine vm, VirtualMachineInstance vmi) {
    String started = vmi.metadata().annotations().get(VmStatusProjector.GENERATION_ANNOTATION);
    if (started == null || started.equals(String.valueOf(vm.metadata().generation()))) {
      return false;
    }
    return find(vm, started)
        .map(revision -> Tree.of(revision.getData()))
        .map(tree -> RecordReader.LENIENT.read(Kept.class, tree))
        .filter(
            reading ->
                reading instanceof Reading.Accepted<Kept>(Kept kept)
                    && !Objects.equals(kept.spec().template(), vm.spec().template()))
        .isPresent();
  }

  private Optional<ControllerRevision> find(VirtualMachine vm, String generation) {
    return Optional.ofNullable(
        client
            .apps()
            .controllerRevisions()
            .inNamespace(vm.metadata().namespace())
            .withName(name(vm, generation))
            .get());
  }

  /** What a revision holds. */
  record Kept(VirtualMachineSpec spec) {}
}
