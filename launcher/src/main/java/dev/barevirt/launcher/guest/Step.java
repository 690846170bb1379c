package dev.barevirt.launcher.guest;

import java.util.List;

/**
 * What follows from an input.
 *
 * @param state the new state
 * @param effects what is to be done, in this order
 */
public record Step(GuestState state, List<GuestEffect> effects) {
  public Step {
    effects = List.copyOf(effects);
  }

  /** A new state and nothing to do. */
  static Step to(GuestState state, GuestEffect... effects) {
    return new Step(state, List.of(effects));
  }
}
