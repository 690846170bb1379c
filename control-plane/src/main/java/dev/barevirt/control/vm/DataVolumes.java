package dev.barevirt.control.vm;

import dev.barevirt.api.core.ObjectMeta;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.kube.VirtualMachineResource;
import dev.barevirt.api.v1.DataVolumeTemplate;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.control.kube.Events;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The data volumes machines bring along, which another project's controller fills. */
final class DataVolumes {
  private static final ResourceDefinitionContext KIND =
      new ResourceDefinitionContext.Builder()
          .withGroup("cdi.kubevirt.io")
          .withVersion("v1beta1")
          .withKind("DataVolume")
          .withPlural("datavolumes")
          .withNamespaced(true)
          .build();
  private static final Set<String> USABLE =
      Set.of("Succeeded", "WaitForFirstConsumer", "PendingPopulation");

  private final KubernetesClient client;
  private final Events events;

  DataVolumes(KubernetesClient client, Events events) {
    this.client = client;
    this.events = events;
  }

  /** Makes those that are missing, and says how far they are. */
  VmFacts.Volumes ensure(VirtualMachineResource resource, VirtualMachine vm) {
    for (DataVolumeTemplate template : vm.spec().dataVolumeTemplates()) {
      VmFacts.Volumes one = ensure(resource, vm, template);
      if (!(one instanceof VmFacts.Volumes.Ready)) {
        return one;
      }
    }
    return new VmFacts.Volumes.Ready();
  }

  private VmFacts.Volumes ensure(
      VirtualMachineResource resource, VirtualMachine vm, DataVolumeTemplate template) {
    String name = String.valueOf(template.metadata().name());
    GenericKubernetesResource volume = at(vm, name).get();
    if (volume != null) {
      return progress(name, volume);
    }
    if (hasClaim(vm, name)) {
      return new VmFacts.Volumes.Ready();
    }
    return create(resource, vm, template, name);
  }

  private Resource<GenericKubernetesResource> at(VirtualMachine vm, String name) {
    return client
        .genericKubernetesResources(KIND)
        .inNamespace(vm.metadata().namespace())
        .withName(name);
  }

  /** A data volume may be gone when its claim has been filled. */
  private boolean hasClaim(VirtualMachine vm, String name) {
    return client
            .persistentVolumeClaims()
            .inNamespace(vm.metadata().namespace())
            .withName(name)
            .get()
        != null;
  }

  private static VmFacts.Volumes progress(String name, GenericKubernetesResource volume) {
    String phase = Optional.ofNullable(volume.<String>get("status", "phase")).orElse("");
    if (USABLE.contains(phase)) {
      return new VmFacts.Volumes.Ready();
    }
    return phase.equals("Failed")
        ? new VmFacts.Volumes.Unavailable("The data volume " + name + " has failed.")
        : new VmFacts.Volumes.Pending("The data volume " + name + " is being filled.");
  }

  private VmFacts.Volumes create(
      VirtualMachineResource resource,
      VirtualMachine vm,
      DataVolumeTemplate template,
      String name) {
    try {
      client
          .genericKubernetesResources(KIND)
          .inNamespace(vm.metadata().namespace())
          .resource(rendered(vm.metadata(), template))
          .create();
      events.normal(resource, "SuccessfulDataVolumeCreate", "Created data volume " + name);
      return new VmFacts.Volumes.Pending("The data volume " + name + " is being filled.");
    } catch (KubernetesClientException e) {
      return new VmFacts.Volumes.Unavailable(
          e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
              ? "The data volume "
                  + name
                  + " cannot be made: this cluster has no kind DataVolume of cdi.kubevirt.io."
              : "The data volume " + name + " cannot be made: " + e.getMessage());
    }
  }

  private static GenericKubernetesResource rendered(ObjectMeta vm, DataVolumeTemplate template) {
    Map<String, Object> metadata = new LinkedHashMap<>(RecordWriter.plain(template.metadata()));
    Map<String, String> labels = new LinkedHashMap<>(template.metadata().labels());
    labels.put("kubevirt.io/created-by", String.valueOf(vm.uid()));
    metadata.put("labels", labels);
    metadata.put("ownerReferences", List.of(VmiTemplate.owner(vm)));
    Map<String, Object> volume = new LinkedHashMap<>(RecordWriter.plain(template));
    volume.put("apiVersion", "cdi.kubevirt.io/v1beta1");
    volume.put("kind", "DataVolume");
    volume.put("metadata", metadata);
    return Serialization.unmarshal(RecordWriter.toJson(volume), GenericKubernetesResource.class);
  }
}
