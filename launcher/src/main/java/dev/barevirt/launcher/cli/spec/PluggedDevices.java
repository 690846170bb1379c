package dev.barevirt.launcher.cli.spec;

import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import dev.barevirt.launcher.cli.output.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The disks and interfaces of a manifest, put in and taken out one at a time. */
public final class PluggedDevices {
  private static final String DEVICES = "spec.domain.devices.";
  private static final String DISKS = DEVICES + "disks";
  private static final String INTERFACES = DEVICES + "interfaces";
  private static final String VOLUMES = "spec.volumes";
  private static final String NETWORKS = "spec.networks";
  private static final String AUTOMATIC = DEVICES + "autoattachPodInterface";

  private final SpecDocument document;

  /** The devices of this manifest, which is changed. */
  public PluggedDevices(SpecDocument document) {
    this.document = document;
  }

  /**
   * Puts a disk in.
   *
   * @param source its file or block device and its options, as the user wrote them
   * @return its name
   */
  public String addDisk(String source, HostFiles files) {
    return new DiskFlags(document, files).plugDisk(source);
  }

  /**
   * Puts an interface in.
   *
   * @param net its network and options, as the user wrote them
   * @return its name
   */
  public String addNic(String net) {
    if (net.equals("none")) {
      throw CliFailure.usage("--net none is no network to attach an interface to");
    }
    var flags = new NetworkFlags(document);
    if (hasAutomaticNic()) {
      flags.add("user"); // named from now on, for a list with another in it would replace it
    }
    return flags.add(net);
  }

  /** Takes a disk out, with its volume and the note on where it is. */
  public void removeDisk(String name) {
    require("disk", name, document.names(DISKS));
    Optional<String> note =
        document
            .named(VOLUMES, name)
            .filter(volume -> volume.get("persistentVolumeClaim") instanceof Map<?, ?>)
            .map(volume -> (Map<?, ?>) volume.get("persistentVolumeClaim"))
            .filter(claim -> name.equals(claim.get("claimName")))
            .map(_ -> HostNotes.FILES + name);
    document.remove(DISKS, name);
    document.remove(VOLUMES, name);
    note.ifPresent(document::forget);
  }

  /** Takes an interface out, with its network and the ports forwarded through it. */
  public void removeNic(String name) {
    if (hasAutomaticNic()) {
      new NetworkFlags(document).add("user");
    }
    require("interface", name, document.names(INTERFACES));
    if (firstOfKindUser().equals(Optional.of(name))) {
      document.forget(HostNotes.PUBLISH);
    }
    document.remove(INTERFACES, name);
    document.remove(NETWORKS, name);
    document.forget(HostNotes.NETWORK + name);
    if (document.list(INTERFACES).isEmpty()) {
      document.put(AUTOMATIC, false);
    }
  }

  /** Whether the machine has an interface that its manifest does not mention. */
  private boolean hasAutomaticNic() {
    return document.list(INTERFACES).isEmpty()
        && document.list(NETWORKS).isEmpty()
        && !document.get(AUTOMATIC).equals(Optional.of(false));
  }

  /** Ports are forwarded through the first network of kind user. */
  private Optional<String> firstOfKindUser() {
    return document.names(NETWORKS).stream()
        .filter(
            network ->
                document.annotation(HostNotes.NETWORK + network).orElse("user").equals("user"))
        .findFirst();
  }

  private static void require(String what, String name, List<String> names) {
    if (!names.contains(name)) {
      String has = names.isEmpty() ? "it has none" : "it has " + String.join(", ", names);
      throw CliFailure.of(
          ExitCode.NOT_FOUND,
          "the machine has no " + what + " '" + Text.printable(name) + "'; " + has);
    }
  }
}
