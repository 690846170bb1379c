package dev.barevirt.control.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Tells people what happened to an object; on a change, and not each time it is looked at. */
public interface Events {
  /** Something went as it should. */
  void normal(HasMetadata about, String reason, String message);

  /** Something did not. */
  void warning(HasMetadata about, String reason, String message);
}
