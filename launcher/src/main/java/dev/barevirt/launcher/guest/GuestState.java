package dev.barevirt.launcher.guest;

import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReason;
import org.jspecify.annotations.Nullable;

/** Where a guest is in its life, with just what the next transition needs to know. */
public sealed interface GuestState {

  /** The state in the contract's words. */
  GuestPhase phase();

  /** Why it is so, in the contract's words; null when there is nothing to say. */
  default @Nullable GuestReason reason() {
    return null;
  }

  /** One sentence more, or null. */
  default @Nullable String message() {
    return null;
  }

  /** No guest was asked for. */
  record Idle() implements GuestState {
    @Override
    public GuestPhase phase() {
      return GuestPhase.IDLE;
    }
  }

  /**
   * QEMU is being started.
   *
   * @param end the end somebody asked for meanwhile, or null
   */
  record Starting(@Nullable GuestReason end) implements GuestState {
    @Override
    public GuestPhase phase() {
      return GuestPhase.STARTING;
    }
  }

  /**
   * The guest's processors run.
   *
   * @param omen what will explain an end that comes now
   */
  record Running(@Nullable Omen omen) implements GuestState {
    @Override
    public GuestPhase phase() {
      return GuestPhase.RUNNING;
    }
  }

  /**
   * The guest's processors stand still.
   *
   * @param reason why
   * @param message more about it, or null
   * @param omen what will explain an end that comes now
   */
  record Paused(GuestReason reason, @Nullable String message, @Nullable Omen omen)
      implements GuestState {
    @Override
    public GuestPhase phase() {
      return GuestPhase.PAUSED;
    }
  }

  /**
   * An end was asked for, or QEMU said that it comes.
   *
   * @param stage how far it is
   * @param reason what the end will be called if nothing else explains it
   * @param omen what explains it better
   */
  record Stopping(Stage stage, GuestReason reason, @Nullable Omen omen) implements GuestState {
    @Override
    public GuestPhase phase() {
      return GuestPhase.STOPPING;
    }
  }

  /** How far an end is. */
  enum Stage {
    /** The guest was asked, and has its grace period. */
    ASKED,
    /** QEMU flushes and ends. */
    LEAVING,
    /** QEMU got the signal that it obeys. */
    TERMINATED,
    /** QEMU got the signal that cannot be caught. */
    KILLED
  }

  /**
   * There is no QEMU any more, or never was.
   *
   * @param phase how it is to be counted
   * @param reason what happened
   * @param message one sentence about it, or null
   */
  record Ended(GuestPhase phase, GuestReason reason, @Nullable String message)
      implements GuestState {}

  /**
   * Something QEMU said that explains an end which may follow.
   *
   * @param reason what it will be called
   * @param message more about it, or null
   */
  record Omen(GuestReason reason, @Nullable String message) {}
}
