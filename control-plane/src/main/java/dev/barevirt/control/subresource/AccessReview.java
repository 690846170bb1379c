package dev.barevirt.control.subresource;

import java.util.Optional;

/** Asks the cluster whether somebody may do something. */
interface AccessReview {
  /** Why they may not; nothing when they may. */
  Optional<String> refusal(Caller caller, Access access);
}
