package dev.barevirt.agent.node;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The labels by which instances find nodes that can run them. */
final class NodeLabels {
  /** Whether new instances may come here. */
  static final String SCHEDULABLE = "kubevirt.io/schedulable";

  private static final Pattern LABEL_NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");
  private static final String TRUE = "true";
  private static final String FALSE = "false";

  private NodeLabels() {}

  /** All labels of a node with these capabilities. */
  static Map<String, String> of(Capabilities offered, String architecture, boolean schedulable) {
    Map<String, String> labels = new TreeMap<>();
    labels.put(SCHEDULABLE, schedulable ? TRUE : FALSE);
    labels.put("kubevirt.io/cpumanager", FALSE);
    labels.put("cpumanager", FALSE);
    if (!architecture.isEmpty()) {
      labels.put("kubevirt.io/vm-arch-" + architecture, TRUE);
    }
    for (Capabilities.MachineType machine : offered.machineTypes()) {
      put(labels, "machine-type.node.kubevirt.io/", machine.name());
      machine.aliases().forEach(alias -> put(labels, "machine-type.node.kubevirt.io/", alias));
    }
    offered.cpuModels().stream()
        .filter(model -> model.unavailableFeatures().isEmpty())
        .forEach(model -> put(labels, "cpu-model.node.kubevirt.io/", model.name()));
    return labels;
  }

  /** A name that no label can have belongs to nothing a manifest could ask for. */
  private static void put(Map<String, String> labels, String prefix, String name) {
    if (LABEL_NAME.matcher(name).matches()) {
      labels.put(prefix + name, TRUE);
    }
  }
}
