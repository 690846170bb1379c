package dev.barevirt.control.vmi;

import dev.barevirt.api.core.LabelSelector;
import dev.barevirt.api.rules.ReplicaSetRules;
import dev.barevirt.control.cluster.ClusterConfig;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Limits that a namespace demands of pods whose user sets none.
 *
 * @param processors whether processors are limited, to as many as the guest has
 * @param memory how many times the memory that is asked for is the limit; absent is no limit
 */
record AutomaticLimits(boolean processors, @Nullable BigDecimal memory) {
  /** None are demanded. */
  static final AutomaticLimits NONE = new AutomaticLimits(false, null);

  private static final String RATIO_LABEL = "alpha.kubevirt.io/auto-memory-limits-ratio";
  private static final BigDecimal RATIO = BigDecimal.TWO;

  /**
   * What a namespace demands: a quota on limits of memory refuses pods without one, and the
   * configuration selects namespaces whose processors are limited.
   *
   * @param labels the namespace's labels
   * @param quotas the namespace's quotas
   * @param config the installation's configuration
   */
  static AutomaticLimits of(
      Map<String, String> labels, List<ResourceQuota> quotas, ClusterConfig config) {
    LabelSelector limited = config.processorLimits();
    boolean memory = quotas.stream().anyMatch(AutomaticLimits::limitsMemory);
    return new AutomaticLimits(
        limited != null && ReplicaSetRules.matches(limited, labels),
        memory ? ratio(labels.get(RATIO_LABEL)) : null);
  }

  private static boolean limitsMemory(ResourceQuota quota) {
    return quota.getSpec() != null
        && quota.getSpec().getHard() != null
        && quota.getSpec().getHard().containsKey("limits.memory");
  }

  /** Less than what is asked for cannot be the limit. */
  private static BigDecimal ratio(@Nullable String text) {
    return Optional.ofNullable(text)
        .filter(given -> given.matches("[0-9]{1,3}(\\.[0-9]{1,6})?"))
        .map(BigDecimal::new)
        .filter(given -> given.compareTo(BigDecimal.ONE) >= 0)
        .orElse(RATIO);
  }
}
