package dev.barevirt.control.admission;

/** Decides about writes of one kind of object. */
@FunctionalInterface
interface Hook {
  /** What becomes of a write. */
  Verdict judge(Review review);
}
