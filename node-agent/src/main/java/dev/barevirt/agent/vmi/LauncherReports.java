package dev.barevirt.agent.vmi;

import dev.barevirt.api.kube.VirtualMachineInstanceResource;
import dev.barevirt.api.launcher.GuestReport;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Set;

/**
 * Wakes the reconciler when a launcher dialled, reported or went away. What it said is read from
 * its link, so a call too many does no harm and one that comes too early is made up for by the
 * event of the pod.
 */
public final class LauncherReports
    extends AbstractEventSource<GuestReport, VirtualMachineInstanceResource> {

  LauncherReports() {
    super(GuestReport.class, "launcher-reports");
  }

  @Override
  public Set<GuestReport> getSecondaryResources(VirtualMachineInstanceResource primary) {
    return Set.of();
  }

  /** Something is new about an instance's launcher. */
  void changed(ResourceID instance) {
    if (isRunning()) {
      getEventHandler().handleEvent(new Event(instance));
    }
  }
}
