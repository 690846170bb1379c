package dev.barevirt.agent.vmi;

import dev.barevirt.api.launcher.GuestReport;
import java.util.Optional;

/** The launchers of this node that are connected. */
public interface GuestLinks {
  /** The launcher in a pod. */
  Optional<GuestLink> of(String podUid);

  /** What the launcher in a pod reported last; its last word stays when it is gone. */
  Optional<GuestReport> lastReport(String podUid);

  /** Drops what was kept of a launcher whose instance is gone. */
  void forget(String podUid);
}
