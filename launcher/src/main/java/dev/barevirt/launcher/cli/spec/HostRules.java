package dev.barevirt.launcher.cli.spec;

import dev.barevirt.api.rules.ClusterSettings;
import dev.barevirt.api.rules.Violation;
import dev.barevirt.api.rules.VmiDefaults;
import dev.barevirt.api.rules.VmiRules;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.source.Network;
import dev.barevirt.api.v1.source.Volume;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judges a machine for this host, where annotations stand in for what only a cluster has. */
final class HostRules {
  private static final String SHARED_DIRECTORY = "spec\\.volumes\\[\\d+]\\.containerPath";

  private HostRules() {}

  /** What is wrong with it. */
  static List<Violation> check(VirtualMachineInstance vmi) {
    VirtualMachineInstance whole = VmiDefaults.apply(vmi, ClusterSettings.DEFAULT, "");
    return VmiRules.checkStandalone(whole, given(vmi)).stream()
        .filter(violation -> !violation.path().matches(SHARED_DIRECTORY)) // a path of this host
        .toList();
  }

  private static Set<String> given(VirtualMachineInstance vmi) {
    Map<String, String> notes = vmi.metadata().annotations();
    Set<String> given = new HashSet<>();
    for (Network network : vmi.spec().networks()) {
      if (notes.containsKey(HostNotes.NETWORK + network.name())) {
        given.add(network.name());
      }
    }
    for (Volume volume : vmi.spec().volumes()) {
      if (VolumeObjects.of(volume).stream()
          .anyMatch(name -> notes.containsKey(HostNotes.FILES + name))) {
        given.add(volume.name());
      }
    }
    AccessSecrets.of(vmi).stream()
        .filter(name -> notes.containsKey(HostNotes.FILES + name))
        .forEach(given::add);
    return given;
  }
}
