package dev.barevirt.api.v1.cluster;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Unsigned;
import dev.barevirt.api.v1.scheduling.Affinity;
import dev.barevirt.api.v1.scheduling.Toleration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where components run, and how many of each. */
public record ComponentPlacement(
    @Doc("Which nodes they run on.") @Nullable NodePlacement nodePlacement,
    @Doc("How many there are of each.") @Unsigned @Nullable Integer replicas) {

  /** A choice of nodes. */
  public record NodePlacement(
      @Doc("Labels the node must have.") Map<String, String> nodeSelector,
      @Doc("Wishes and demands about the node and its other pods.") @Nullable Affinity affinity,
      @Doc("Taints that are accepted.") List<Toleration> tolerations) {
    public NodePlacement {
      nodeSelector = Frozen.map(nodeSelector);
      tolerations = Frozen.list(tolerations);
    }
  }
}
