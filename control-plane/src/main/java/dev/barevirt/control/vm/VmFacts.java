package dev.barevirt.control.vm;

import dev.barevirt.api.condition.VmiPhase;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.VirtualMachineStatus;
import dev.barevirt.api.v1.status.StateChangeRequest;
import dev.barevirt.api.v1.status.VirtualMachineInstanceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that is known when it is decided about a machine.
 *
 * @param vm the machine
 * @param vmi its instance
 * @param volumes whether the data volumes it brings along are there
 * @param changed whether its template is another than the one its instance was made from
 * @param now the time
 */
record VmFacts(
    VirtualMachine vm,
    Optional<VirtualMachineInstance> vmi,
    Volumes volumes,
    boolean changed,
    Instant now) {
  private static final String START = "Start";
  private static final String STOP = "Stop";

  /** The data volumes a machine brings along. */
  sealed interface Volumes {
    /** They are there, or there are none. */
    record Ready() implements Volumes {}

    /** They are being filled. */
    record Pending(String message) implements Volumes {}

    /** They cannot be made. */
    record Unavailable(String message) implements Volumes {}
  }

  /** The status, empty when there is none. */
  VirtualMachineStatus status() {
    return Optional.ofNullable(vm.status()).orElse(VirtualMachineStatus.EMPTY);
  }

  RunStrategy strategy() {
    return RunStrategy.of(vm.spec());
  }

  /** Whether the machine has been under this strategy for longer than this look. */
  boolean isStrategyOld() {
    return strategy().wireName().equals(status().runStrategy());
  }

  boolean isDeleted() {
    return vm.metadata().deletionTimestamp() != null;
  }

  /** The instance's phase. */
  Optional<VmiPhase> phase() {
    return vmi.map(
        instance ->
            Optional.ofNullable(instance.status())
                .map(VirtualMachineInstanceStatus::phase)
                .flatMap(VmiPhase::of)
                .orElse(VmiPhase.UNSET));
  }

  boolean isFinal() {
    return phase().filter(VmiPhase::isFinal).isPresent();
  }

  boolean isVmiDeleted() {
    return vmi.filter(instance -> instance.metadata().deletionTimestamp() != null).isPresent();
  }

  /** A start that waits to be done; one behind a stop waits for that first. */
  Optional<StateChangeRequest> start() {
    return status().stateChangeRequests().stream()
        .filter(request -> request.action().equals(START))
        .findFirst();
  }

  /** Whether somebody asked for this very instance to be stopped. */
  boolean isStopAsked() {
    return status().stateChangeRequests().stream()
        .anyMatch(
            request ->
                request.action().equals(STOP)
                    && vmi.map(instance -> instance.metadata().uid())
                        .filter(uid -> uid.equals(request.uid()))
                        .isPresent());
  }

  /** Requests that are done: a stop of an instance that is gone, a start once there is one. */
  List<StateChangeRequest> openRequests(boolean isAlive) {
    return status().stateChangeRequests().stream()
        .filter(
            request ->
                request.action().equals(START)
                    ? !isAlive || isStopAsked()
                    : vmi.map(instance -> instance.metadata().uid())
                        .filter(uid -> uid.equals(request.uid()))
                        .isPresent())
        .toList();
  }
}
