package dev.barevirt.control.vm;

import java.time.Duration;

/** What is to be done for a machine now. Its status is reported in any case. */
sealed interface VmDecision {
  /** It is started: an instance is made. */
  record CreateVmi(boolean paused) implements VmDecision {}

  /** Its instance is asked to go. */
  record DeleteVmi(Then then) implements VmDecision {}

  /** A machine that is halted and was asked to start is to run always from now on. */
  record SwitchToAlways() implements VmDecision {}

  /** It is started, but not before some time has passed. */
  record StartLater(Duration after) implements VmDecision {}

  /** It is started as soon as something is there that is not there yet. */
  record Hold(String reason, String message) implements VmDecision {}

  /** Nothing of it is left, and it may disappear. */
  record Release() implements VmDecision {}

  /** It is as it should be, or on its way there. */
  record Keep() implements VmDecision {}

  /** What follows when an instance is gone. */
  enum Then {
    /** What the run strategy says. */
    STRATEGY,
    /**
     * A start that must not be forgotten, because nothing but the end of the instance calls for it.
     */
    START
  }
}
