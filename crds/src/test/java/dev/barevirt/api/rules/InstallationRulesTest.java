package dev.barevirt.api.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.core.LabelSelector;
import dev.barevirt.api.core.LabelSelectorRequirement;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.rules.ClusterSettings.DefaultInterface;
import dev.barevirt.api.rules.ClusterSettings.FeatureGate;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.cluster.Configuration;
import dev.barevirt.api.v1.domain.Cpu;
import dev.barevirt.api.v1.domain.Domain;
import dev.barevirt.api.v1.domain.Machine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstallationRulesTest {

  @Test
  void aConfigurationBecomesSettings() {
    ClusterSettings settings =
        settings(
            """
            {"developerConfiguration":{"featureGates":["HostDisk","VSOCK","Unheard"],
            "disabledFeatureGates":["VSOCK"]},
            "network":{"defaultNetworkInterface":"masquerade"},
            "architectureConfiguration":{"amd64":{"emulatedMachines":["pc*"],"machineType":"pc-q35-9.0"}},
            "cpuModel":"Haswell",
            "evictionStrategy":"LiveMigrate","vmRolloutStrategy":"Stage"}
            """);

    assertThat(settings)
        .isEqualTo(
            new ClusterSettings(
                "amd64",
                List.of("pc*"),
                Map.of("amd64", "pc-q35-9.0", "arm64", "virt", "s390x", "s390-ccw-virtio"),
                "Haswell",
                Set.of(FeatureGate.HOST_DISK),
                DefaultInterface.MASQUERADE,
                "LiveMigrate",
                false));
  }

  @Test
  void guestsThatNameNoneGetTheInstallationsMachineAndProcessor() {
    ClusterSettings settings = settings("{\"machineType\":\"q35-x\",\"cpuModel\":\"Haswell\"}");
    VirtualMachineInstance vmi =
        RecordReader.STRICT
            .read(VirtualMachineInstance.class, "{\"spec\":{\"domain\":{\"devices\":{}}}}")
            .orThrow();
    Domain filled = VmiDefaults.apply(vmi, settings, "").spec().domain();

    assertThat(filled.machine()).isEqualTo(new Machine("q35-x"));
    assertThat(filled.cpu()).extracting(Cpu::model).isEqualTo("Haswell");
    assertThat(
            VmiDefaults.apply(
                    vmi.withSpec(vmi.spec().withDomain(filled)), ClusterSettings.DEFAULT, "")
                .spec()
                .domain())
        .as("what is there stays")
        .isEqualTo(filled);
  }

  @Test
  void aConfigurationThatSaysNothingIsTheDefault() {
    assertThat(settings("{}")).isEqualTo(ClusterSettings.DEFAULT);
  }

  private static ClusterSettings settings(String json) {
    return ClusterSettings.of(RecordReader.STRICT.read(Configuration.class, json).orThrow());
  }

  @ParameterizedTest
  @CsvSource({"24h0m0s, 86400000", "1.5s, 1500", "90m, 5400000", "5ms, 5"})
  void readsDurationsAsGoWritesThem(String text, long millis) {
    assertThat(InstallationRules.parse(text)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1d", "h", "1h ", "-1h", "99999999999999h"})
  void anythingElseIsNoDuration(String text) {
    assertThat(InstallationRules.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "In, b, true",
    "In, c, false",
    "NotIn, c, true",
    "NotIn, b, false",
    "Exists, , true",
    "DoesNotExist, , false",
    "Gt, b, false"
  })
  void aSelectorAsksForLabels(String operator, @Nullable String value, boolean matches) {
    LabelSelector selector =
        new LabelSelector(
            Map.of("x", "y"),
            List.of(
                new LabelSelectorRequirement(
                    "a", operator, value == null ? List.of() : List.of(value))));

    assertThat(ReplicaSetRules.matches(selector, Map.of("a", "b", "x", "y"))).isEqualTo(matches);
    assertThat(ReplicaSetRules.matches(selector, Map.of("a", "b"))).isFalse();
  }
}
