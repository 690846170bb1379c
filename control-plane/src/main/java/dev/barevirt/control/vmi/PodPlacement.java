package dev.barevirt.control.vmi;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.domain.Cpu;
import dev.barevirt.api.v1.domain.CpuFeature;
import dev.barevirt.api.v1.domain.Machine;
import dev.barevirt.control.cluster.ClusterConfig;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirementBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.PodDNSConfig;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where a guest's pod may run: what the user says and what the guest's hardware needs. */
final class PodPlacement {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TRUE = "true";
  private static final String SCHEDULABLE = "kubevirt.io/schedulable";
  private static final String ARCHITECTURE = "kubernetes.io/arch";
  private static final String MACHINE_TYPE = "machine-type.node.kubevirt.io/";
  private static final String CPU_MODEL = "cpu-model.node.kubevirt.io/";
  private static final String CPU_FEATURE = "cpu-feature.node.kubevirt.io/";
  private static final String OBSOLETE_HOST_MODEL = "node-labeller.kubevirt.io/obsolete-host-model";
  private static final String HOST_MODEL = "host-model";
  private static final List<String> HOST_MODELS = List.of(HOST_MODEL, "host-passthrough");

  private PodPlacement() {}

  /** The labels a node must have. */
  static Map<String, String> nodeSelector(VirtualMachineInstanceSpec spec, ClusterConfig config) {
    Map<String, String> labels = new TreeMap<>(config.nodeSelectors());
    labels.putAll(spec.nodeSelector());
    labels.put(SCHEDULABLE, TRUE);
    labels.put(
        ARCHITECTURE, Optional.ofNullable(spec.architecture()).orElse(config.architecture()));
    Optional<Machine> machine = Optional.ofNullable(spec.domain().machine());
    labels.put(
        MACHINE_TYPE
            + machine
                .map(Machine::type)
                .filter(type -> !type.isEmpty())
                .orElse(config.machineType()),
        TRUE);
    Cpu cpu = Optional.ofNullable(spec.domain().cpu()).orElse(Cpu.EMPTY);
    String model = cpu.model();
    if (model != null && !model.isEmpty() && !HOST_MODELS.contains(model)) {
      labels.put(CPU_MODEL + model, TRUE);
    }
    cpu.features().stream()
        .filter(PodPlacement::isRequired)
        .forEach(feature -> labels.put(CPU_FEATURE + feature.name(), TRUE));
    return labels;
  }

  private static boolean isRequired(CpuFeature feature) {
    return feature.policy() == null
        || feature.policy().isEmpty()
        || feature.policy().equals("require");
  }

  /** The user's wishes; a guest with the host's model also keeps off hosts whose model is old. */
  static Optional<Affinity> affinity(VirtualMachineInstanceSpec spec) {
    Optional<Affinity> wished =
        Optional.ofNullable(spec.affinity()).map(given -> converted(given, Affinity.class));
    Cpu cpu = Optional.ofNullable(spec.domain().cpu()).orElse(Cpu.EMPTY);
    return HOST_MODEL.equals(cpu.model())
        ? Optional.of(keepingOffObsoleteHosts(wished.orElseGet(Affinity::new)))
        : wished;
  }

  private static Affinity keepingOffObsoleteHosts(Affinity wished) {
    NodeSelectorRequirement requirement =
        new NodeSelectorRequirementBuilder()
            .withKey(OBSOLETE_HOST_MODEL)
            .withOperator("DoesNotExist")
            .build();
    AffinityBuilder affinity = new AffinityBuilder(wished);
    List<NodeSelectorTerm> terms = requiredTerms(wished);
    List<NodeSelectorTerm> narrowed =
        terms.isEmpty()
            ? List.of(new NodeSelectorTermBuilder().addToMatchExpressions(requirement).build())
            : terms.stream()
                .map(
                    term ->
                        new NodeSelectorTermBuilder(term)
                            .addToMatchExpressions(requirement)
                            .build())
                .toList();
    return affinity
        .editOrNewNodeAffinity()
        .withNewRequiredDuringSchedulingIgnoredDuringExecution()
        .withNodeSelectorTerms(narrowed)
        .endRequiredDuringSchedulingIgnoredDuringExecution()
        .endNodeAffinity()
        .build();
  }

  private static List<NodeSelectorTerm> requiredTerms(Affinity affinity) {
    if (affinity.getNodeAffinity() == null
        || affinity.getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution() == null) {
      return List.of();
    }
    return affinity
        .getNodeAffinity()
        .getRequiredDuringSchedulingIgnoredDuringExecution()
        .getNodeSelectorTerms();
  }

  static List<Toleration> tolerations(VirtualMachineInstanceSpec spec) {
    return spec.tolerations().stream().map(given -> converted(given, Toleration.class)).toList();
  }

  static List<TopologySpreadConstraint> spread(VirtualMachineInstanceSpec spec) {
    return spec.topologySpreadConstraints().stream()
        .map(given -> converted(given, TopologySpreadConstraint.class))
        .toList();
  }

  static Optional<PodDNSConfig> dns(VirtualMachineInstanceSpec spec) {
    return Optional.ofNullable(spec.dnsConfig()).map(given -> converted(given, PodDNSConfig.class));
  }

  /** These records have Kubernetes' own shapes. */
  private static <T> T converted(Record given, Class<T> type) {
    return JSON.convertValue(RecordWriter.plain(given), type);
  }
}
