package dev.barevirt.control.vmi;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a launcher's pod tells about itself. */
record LauncherPod(Pod pod) {
  private static final Set<String> IMAGE_REASONS =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ErrImageInspect");
  private static final String BACK_OFF = "ImagePullBackOff";
  private static final String PULL = "ErrImagePull";

  /** Why something waits, and what is said about it. */
  record Trouble(String reason, String message) {}

  String uid() {
    return String.valueOf(pod.getMetadata().getUid());
  }

  String node() {
    return pod.getSpec() == null || pod.getSpec().getNodeName() == null
        ? ""
        : pod.getSpec().getNodeName();
  }

  boolean isDeleted() {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  boolean hasEnded() {
    return phase().equals("Succeeded") || phase().equals("Failed");
  }

  boolean hasFailed() {
    return phase().equals("Failed");
  }

  private String phase() {
    return pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
  }

  /** Whether its launcher runs on a node. */
  boolean isUp() {
    return !node().isEmpty()
        && !isDeleted()
        && phase().equals("Running")
        && states().anyMatch(state -> state.getRunning() != null);
  }

  private Stream<ContainerState> states() {
    return containers().stream().map(ContainerStatus::getState).flatMap(Stream::ofNullable);
  }

  private List<ContainerStatus> containers() {
    return pod.getStatus() == null ? List.of() : pod.getStatus().getContainerStatuses();
  }

  /** When its launcher ended. */
  Optional<Instant> endedAt() {
    return states()
        .map(ContainerState::getTerminated)
        .flatMap(Stream::ofNullable)
        .map(ContainerStateTerminated::getFinishedAt)
        .flatMap(Stream::ofNullable)
        .map(Instant::parse)
        .findFirst();
  }

  /** Why it failed, as far as anybody knows. */
  Trouble failure() {
    Optional<ContainerStateTerminated> end =
        states().map(ContainerState::getTerminated).flatMap(Stream::ofNullable).findFirst();
    String reason = pod.getStatus() == null ? null : pod.getStatus().getReason();
    String message =
        end.map(ContainerStateTerminated::getMessage)
            .or(() -> Optional.ofNullable(pod.getStatus().getMessage()))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .orElseGet(
                () ->
                    end.map(state -> "The launcher ended with " + state.getExitCode() + ".")
                        .orElse("The pod ended before the guest could start."));
    return new Trouble(reason == null ? "PodFailed" : reason, message);
  }

  /** Whether its image, or one of a volume, cannot be had. */
  Optional<Trouble> imageTrouble() {
    return states()
        .map(ContainerState::getWaiting)
        .flatMap(Stream::ofNullable)
        .filter(waiting -> IMAGE_REASONS.contains(String.valueOf(waiting.getReason())))
        .findFirst()
        .map(LauncherPod::imageTrouble);
  }

  /** Clients know two words for all that can go wrong with an image. */
  private static Trouble imageTrouble(ContainerStateWaiting waiting) {
    String reason = BACK_OFF.equals(waiting.getReason()) ? BACK_OFF : PULL;
    String message = waiting.getMessage();
    return new Trouble(reason, message == null ? "The image cannot be fetched." : message);
  }

  /** Why no node takes it. */
  Optional<Trouble> unschedulable() {
    return condition("PodScheduled")
        .filter(condition -> "False".equals(condition.getStatus()))
        .filter(condition -> "Unschedulable".equals(condition.getReason()))
        .map(
            condition ->
                new Trouble(condition.getReason(), String.valueOf(condition.getMessage())));
  }

  Optional<PodCondition> condition(String type) {
    List<PodCondition> all = pod.getStatus() == null ? List.of() : pod.getStatus().getConditions();
    return all.stream().filter(condition -> condition.getType().equals(type)).findFirst();
  }

  Optional<String> image() {
    return pod.getSpec().getContainers().stream()
        .map(container -> container.getImage())
        .findFirst();
  }

  Optional<String> qosClass() {
    return Optional.ofNullable(pod.getStatus()).map(status -> status.getQosClass());
  }
}
