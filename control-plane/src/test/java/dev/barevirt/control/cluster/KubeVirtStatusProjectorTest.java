package dev.barevirt.control.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.condition.Conditions;
import dev.barevirt.api.v1.KubeVirtStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KubeVirtStatusProjectorTest {
  private static final Instant NOW = Instant.parse("2026-11-22T14:15:58Z");
  private static final String IMAGE = "registry.example:5000/barevirt/launcher:v1";

  @Test
  void anInstallationIsAvailableWhenAllItsPartsAre() {
    KubeVirtStatus status =
        KubeVirtStatusProjector.project(
            KubeVirtStatus.EMPTY, 2, new Components(IMAGE, List.of(), List.of()), NOW);
    assertThat(status.phase()).isEqualTo("Deployed");
    assertThat(Conditions.isTrue(status.conditions(), "Available")).isTrue();
    assertThat(Conditions.isTrue(status.conditions(), "Progressing")).isFalse();
    assertThat(status.observedKubeVirtVersion()).isEqualTo("v1");
    assertThat(status.observedKubeVirtRegistry()).isEqualTo("registry.example:5000/barevirt");
    assertThat(status.observedGeneration()).isEqualTo(2);

    assertThat(
            KubeVirtStatusProjector.project(
                status, 2, new Components(IMAGE, List.of(), List.of()), NOW.plusSeconds(60)))
        .as("nothing changes when nothing changed")
        .isEqualTo(status);
  }

  @Test
  void anInstallationSaysWhatItWaitsFor() {
    KubeVirtStatus status =
        KubeVirtStatusProjector.project(
            KubeVirtStatus.EMPTY,
            1,
            new Components(IMAGE, List.of("virt-api"), List.of("virt-handler")),
            NOW);
    assertThat(status.phase()).isEqualTo("Deploying");
    assertThat(Conditions.find(status.conditions(), "Available").orElseThrow().message())
        .isEqualTo("Waiting: virt-api is not there, virt-handler is not ready.");
    assertThat(Conditions.isTrue(status.conditions(), "Created")).isFalse();
  }
}
