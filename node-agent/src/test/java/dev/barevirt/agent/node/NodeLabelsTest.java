package dev.barevirt.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeLabelsTest {
  @TempDir private Path directory;

  private Capabilities read(String json) throws IOException {
    return Capabilities.read(Files.writeString(directory.resolve("capabilities.json"), json));
  }

  @Test
  void saysWhatQemuOffers() throws IOException {
    Capabilities offered =
        read(
            """
            {"qemu":"/usr/bin/qemu","accelerator":"tcg","whyNotKvm":"none",
             "machineTypes":[{"name":"pc-q35-10.0","aliases":["q35"],"maxCpus":4096}],
             "cpuModels":[{"name":"Nehalem","unavailableFeatures":[]},
                          {"name":"EPYC-Milan","unavailableFeatures":["avx2"]},
                          {"name":"a b","unavailableFeatures":[]}]}
            """);

    Map<String, String> labels = NodeLabels.of(offered, "amd64", true);

    assertThat(offered.hasKvm()).isFalse();
    assertThat(labels)
        .containsEntry("kubevirt.io/schedulable", "true")
        .containsEntry("kubevirt.io/vm-arch-amd64", "true")
        .containsEntry("machine-type.node.kubevirt.io/q35", "true")
        .containsEntry("machine-type.node.kubevirt.io/pc-q35-10.0", "true")
        .containsEntry("cpu-model.node.kubevirt.io/Nehalem", "true")
        .doesNotContainKey("cpu-model.node.kubevirt.io/EPYC-Milan");
    assertThat(labels.keySet()).noneMatch(key -> key.contains(" "));
  }

  @Test
  void aNodeThatGoesTakesNothingNew() {
    assertThat(NodeLabels.of(Capabilities.NONE, "amd64", false))
        .containsEntry("kubevirt.io/schedulable", "false");
  }

  @Test
  void anUnreadableFileOffersNothing() throws IOException {
    assertThat(read("[")).isEqualTo(Capabilities.NONE);
    assertThat(Capabilities.read(directory.resolve("missing"))).isEqualTo(Capabilities.NONE);
  }
}
