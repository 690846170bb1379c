package dev.barevirt.control.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PatchOperationTest {
  @Test
  void aPatchIsForOneVersionOnly() {
    assertThat(
            PatchOperation.render(
                "7",
                List.of(
                    new PatchOperation.Set("/a", Map.of("b", 1)), new PatchOperation.Remove("/c"))))
        .contains("\"path\":\"/metadata/resourceVersion\"", "\"value\":\"7\"")
        .endsWith(
            ",{\"op\":\"add\",\"path\":\"/a\",\"value\":{\"b\":1}},"
                + "{\"op\":\"remove\",\"path\":\"/c\"}]");
  }

  @Test
  void onlyFieldsThatDifferAreWritten() {
    assertThat(
            PatchOperation.ofStatus(
                Map.of("same", 1, "old", 2, "changed", 3), Map.of("same", 1, "changed", 4), true))
        .containsExactly(
            new PatchOperation.Set("/status/changed", 4), new PatchOperation.Remove("/status/old"));
    assertThat(PatchOperation.ofStatus(Map.of("a", 1), Map.of("a", 1), true)).isEmpty();
    assertThat(PatchOperation.ofStatus(Map.of(), Map.of("a", 1), false))
        .containsExactly(new PatchOperation.Set("/status", Map.of("a", 1)));
  }
}
