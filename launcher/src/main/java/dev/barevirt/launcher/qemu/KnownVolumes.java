package dev.barevirt.launcher.qemu;

import dev.barevirt.api.launcher.GivenVolume;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.v1.source.Volume;
import dev.barevirt.launcher.machine.PreparedVolume;
import java.util.List;

/**
 * The volumes that a running machine has open. One that a later request names unchanged is not made
 * ready again: its seed would be written anew, or its image be grown, beneath the guest.
 *
 * @param running the machine
 */
record KnownVolumes(MachineModel running) {

  /** Those that the request still names. */
  List<PreparedVolume> of(GuestRequest wanted) {
    return wanted.vmi().spec().volumes().stream()
        .filter(volume -> isKnown(volume, wanted))
        .flatMap(volume -> running.input().volume(volume.name()).stream())
        .toList();
  }

  /** The request without them. */
  GuestRequest without(GuestRequest wanted) {
    List<Volume> fresh =
        wanted.vmi().spec().volumes().stream().filter(volume -> !isKnown(volume, wanted)).toList();
    return wanted.withVmi(wanted.vmi().withSpec(wanted.vmi().spec().withVolumes(fresh)));
  }

  private boolean isKnown(Volume volume, GuestRequest wanted) {
    GuestRequest before = running.request();
    return running.input().volume(volume.name()).isPresent()
        && before.vmi().spec().volumes().contains(volume)
        && given(before, volume).equals(given(wanted, volume));
  }

  /** What the host gave for a volume, by its own name and by names derived from it. */
  private static List<GivenVolume> given(GuestRequest request, Volume volume) {
    return request.volumes().stream()
        .filter(
            one -> one.name().equals(volume.name()) || one.name().startsWith(volume.name() + "."))
        .toList();
  }
}
