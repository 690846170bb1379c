package dev.barevirt.control.subresource;

import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.control.patch.JsonPatch;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Machines and instances as the API server has them, read anew each time. */
final class ClusterMachines implements Machines {
  private static final int UNPROCESSABLE = 422;
  private static final int CONFLICT = 409;

  private final KubernetesClient client;

  ClusterMachines(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Optional<VirtualMachine> machine(Target target) {
    return read(target, VirtualMachine.class);
  }

  @Override
  public Optional<VirtualMachineInstance> instance(Target target) {
    return read(target, VirtualMachineInstance.class);
  }

  private <T extends Record> Optional<T> read(Target target, Class<T> type) {
    return Optional.ofNullable(resource(target).get())
        .map(found -> client.getKubernetesSerialization().asJson(found))
        .map(json -> RecordReader.LENIENT.read(type, json).orThrow());
  }

  @Override
  public void patch(Target target, Part part, JsonPatch patch, Run run) {
    PatchContext context =
        new PatchContext.Builder()
            .withPatchType(PatchType.JSON)
            .withDryRun(run == Run.DRY ? List.of("All") : List.of())
            .build();
    try {
      switch (part) {
        case OBJECT -> resource(target).patch(context, patch.toJson());
        case STATUS -> resource(target).subresource("status").patch(context, patch.toJson());
      }
    } catch (KubernetesClientException e) {
      throw refusal(target, e).exception();
    }
  }

  /** A step that finds something else than it demands makes the patch unprocessable. */
  private static Refusal refusal(Target target, KubernetesClientException failure) {
    String message =
        failure.getStatus() == null ? failure.getMessage() : failure.getStatus().getMessage();
    String text = String.valueOf(message);
    if (failure.getCode() == CONFLICT
        || (failure.getCode() == UNPROCESSABLE && !text.contains("admission webhook"))) {
      return Refusal.conflict(target, text);
    }
    if (failure.getCode() >= 400 && failure.getCode() < 500 && failure.getStatus() != null) {
      return new Refusal(
          failure.getCode(), String.valueOf(failure.getStatus().getReason()), text, Map.of());
    }
    return Refusal.internal(text);
  }

  private Resource<GenericKubernetesResource> resource(Target target) {
    String kind =
        switch (target.kind()) {
          case MACHINE -> "VirtualMachine";
          case INSTANCE -> "VirtualMachineInstance";
        };
    ResourceDefinitionContext context =
        new ResourceDefinitionContext.Builder()
            .withGroup("kubevirt.io")
            .withVersion("v1")
            .withKind(kind)
            .withPlural(target.kind().wireName() + "s")
            .withNamespaced(true)
            .build();
    return client
        .genericKubernetesResources(context)
        .inNamespace(target.namespace())
        .withName(target.name());
  }
}
