package dev.barevirt.control.vm;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.VirtualMachineStatus;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What a machine was seen to do after an event, step by step: its instance, its phase, and the
 * words it showed on the way. The cases were recorded on a real cluster, which was looked at now
 * and then, so that not all of our words must be among those.
 */
class RecordedLifecyclesTest {

  @TestFactory
  Stream<DynamicTest> everyRecordedCase() throws IOException {
    JsonNode cases;
    try (InputStream file = getClass().getResourceAsStream("/vm/lifecycle.json")) {
      cases = JsonMapper.builder().build().readTree(requireNonNull(file));
    }
    return cases.properties().stream()
        .map(
            one ->
                DynamicTest.dynamicTest(one.getKey(), () -> check(one.getKey(), one.getValue())));
  }

  private static void check(String name, JsonNode recorded) {
    String[] parts = name.split("-", 2);
    Life life = new Life(parts[0]);
    life.event(parts[1]);
    life.settle();
    assertThat(life.instance()).isEqualTo(recorded.get("vmi").asText());
    assertThat(life.phase).isEqualTo(recorded.get("phase").asText());
    assertThat(life.shown.getLast()).isEqualTo(recorded.get("printable").asText());
    assertThat(life.strategy).isEqualTo(recorded.get("rs").asText());
    List<String> seen = new ArrayList<>();
    recorded.get("seen").forEach(word -> seen.add(word.asText()));
    assertThat(life.shown).containsSubsequence(seen);
  }

  /** A machine whose instance lives and dies as a cluster would let it. */
  private static final class Life {
    private final List<String> shown = new ArrayList<>();
    private String strategy;
    private String phase = "Running";
    private String uid = "first";
    private boolean isGoing;
    private @Nullable VirtualMachineStatus status;

    Life(String strategy) {
      this.strategy = strategy;
      look();
    }

    String instance() {
      return phase.isEmpty() ? "none" : uid.equals("first") ? "same" : "new";
    }

    void event(String event) {
      switch (event) {
        case "reboot" -> {}
        case "poweroff" -> phase = "Succeeded";
        case "podkill", "qemukill" -> phase = "Failed";
        case "vmidelete" -> isGoing = true;
        case "halt" -> strategy = "Halted";
        default -> throw new AssertionError("no such event: " + event);
      }
    }

    /** Looks until nothing changes any more; an instance comes up, or goes, one step a look. */
    void settle() {
      for (int steps = 0; steps < 10; steps++) {
        look();
        if (isGoing) {
          isGoing = false;
          phase = "";
        } else if (phase.equals("Pending")) {
          look();
          phase = "Running";
        }
      }
    }

    private void look() {
      VmFacts facts = facts();
      VmDecision decision = VmPlanner.plan(facts);
      if (decision instanceof VmDecision.CreateVmi) {
        phase = "Pending";
        uid = "second";
      }
      status = VmStatusProjector.project(facts(), decision);
      String word = requireNonNull(status.printableStatus());
      if (shown.isEmpty() || !shown.getLast().equals(word)) {
        shown.add(word);
      }
      if (decision instanceof VmDecision.DeleteVmi) {
        isGoing = true;
        look();
      }
    }

    private VmFacts facts() {
      VirtualMachine empty = Vms.vm(strategy, "");
      VirtualMachine vm = new VirtualMachine(null, null, empty.metadata(), empty.spec(), status);
      return new VmFacts(vm, vmi(), new VmFacts.Volumes.Ready(), false, Vms.NOW);
    }

    private Optional<VirtualMachineInstance> vmi() {
      if (phase.isEmpty()) {
        return Optional.empty();
      }
      VirtualMachineInstance vmi =
          Vms.vmi(
              isGoing ? "deletionTimestamp: \"2026-11-22T14:15:50Z\"" : "",
              "phase: " + phase + "\nphaseTransitionTimestamps: [{phase: Running}]");
      return Optional.of(vmi.withMetadata(vmi.metadata().withUid(uid)));
    }
  }
}
