package dev.barevirt.control.vmi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.v1.KubeVirtSpec;
import dev.barevirt.control.cluster.ClusterConfig;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutomaticLimitsTest {
  private static final String RATIO = "alpha.kubevirt.io/auto-memory-limits-ratio";

  private static ResourceQuota quota(String resource) {
    return new ResourceQuotaBuilder()
        .withNewSpec()
        .addToHard(resource, new Quantity("1Gi"))
        .endSpec()
        .build();
  }

  @Test
  void aQuotaOnLimitsOfMemoryDemandsOne() {
    assertThat(AutomaticLimits.of(Map.of(), List.of(quota("limits.memory")), Vmis.CONFIG))
        .isEqualTo(new AutomaticLimits(false, BigDecimal.TWO));
    assertThat(AutomaticLimits.of(Map.of(), List.of(quota("requests.memory")), Vmis.CONFIG))
        .isEqualTo(AutomaticLimits.NONE);
  }

  @ParameterizedTest
  @CsvSource({"1.5, 1.5", "1, 1", "0.5, 2", "much, 2", "-3, 2"})
  void aNamespaceChoosesTheRatio(String label, BigDecimal ratio) {
    assertThat(
            AutomaticLimits.of(Map.of(RATIO, label), List.of(quota("limits.memory")), Vmis.CONFIG)
                .memory())
        .isEqualTo(ratio);
  }

  @Test
  void theConfigurationSelectsNamespacesWhoseProcessorsAreLimited() {
    KubeVirtSpec spec =
        RecordReader.STRICT
            .read(
                KubeVirtSpec.class,
                "{\"configuration\":{\"autoCPULimitNamespaceLabelSelector\":{\"matchLabels\":"
                    + "{\"team\":\"a\"}}}}")
            .orThrow();
    ClusterConfig config = ClusterConfig.of("launcher:1", spec);
    assertThat(AutomaticLimits.of(Map.of("team", "a"), List.of(), config).processors()).isTrue();
    assertThat(AutomaticLimits.of(Map.of("team", "b"), List.of(), config).processors()).isFalse();
  }

  @Test
  void limitsOfTheUserWin() {
    AutomaticLimits limits = new AutomaticLimits(true, new BigDecimal("1.5"));
    ResourceRequirements automatic =
        resources("{devices: {}, cpu: {cores: 2}, memory: {guest: 128Mi}}", limits);
    assertThat(automatic.getLimits().get("cpu")).isEqualTo(new Quantity("2"));
    assertThat(Quantity.getAmountInBytes(automatic.getLimits().get("memory")))
        .isEqualByComparingTo(
            Quantity.getAmountInBytes(automatic.getRequests().get("memory"))
                .multiply(new BigDecimal("1.5")));

    ResourceRequirements chosen =
        resources(
            "{devices: {}, cpu: {cores: 2}, resources: {limits: {cpu: 3, memory: 1Gi}}}", limits);
    assertThat(chosen.getLimits().get("cpu")).isEqualTo(new Quantity("3"));
    assertThat(chosen.getLimits().get("memory"))
        .isEqualTo(
            resources(
                    "{devices: {}, cpu: {cores: 2}, resources: {limits: {cpu: 3, memory: 1Gi}}}",
                    AutomaticLimits.NONE)
                .getLimits()
                .get("memory"));
  }

  private static ResourceRequirements resources(String domain, AutomaticLimits limits) {
    return PodResources.of(Vmis.withSpec("domain: " + domain).spec(), limits, Vmis.CONFIG);
  }
}
