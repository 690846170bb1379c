package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.api.ApiFailure;
import dev.barevirt.virtctl.api.ApiPath;
import dev.barevirt.virtctl.api.Kind;
import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Flag;
import dev.barevirt.virtctl.flag.Outline;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code addvolume VM} and {@code removevolume VM}. */
public final class VolumeCommand implements Command {
  private static final int NOT_FOUND = 404;
  private static final Flag NAME = Flag.text("volume-name", "", "Claim that becomes a disk");
  private static final Flag PERSIST =
      Flag.truth("persist", "Without effect: what is attached to a machine stays");

  private final Outline outline;
  private final boolean adds;

  private VolumeCommand(Outline outline, boolean adds) {
    this.outline = outline;
    this.adds = adds;
  }

  /** Attaches a claim. */
  public static VolumeCommand add() {
    return new VolumeCommand(
        Outline.of(
                "addvolume",
                "VM",
                1,
                "Attach a claim to a running virtual machine as a disk",
                NAME,
                Flag.text("disk-name", "", "Name of the disk (default the volume's)"),
                Flag.text("serial", "", "Serial number of the disk (default the volume's name)"),
                Flag.text("cache", "", "Cache of the disk: none, writethrough or writeback"),
                Flag.text("disk-type", "disk", "Kind of disk: disk or lun"),
                Flag.text("bus", "scsi", "Bus of the disk: scsi or virtio"),
                PERSIST,
                DryRun.FLAG)
            .showing("addvolume my-vm --volume-name=my-claim"),
        true);
  }

  /** Detaches it. */
  public static VolumeCommand remove() {
    return new VolumeCommand(
        Outline.of(
                "removevolume",
                "VM",
                1,
                "Detach a volume from a running virtual machine",
                NAME,
                PERSIST,
                DryRun.FLAG)
            .showing("removevolume my-vm --volume-name=my-claim"),
        false);
  }

  @Override
  public Outline outline() {
    return outline;
  }

  @Override
  public int run(Session session, Arguments arguments) throws InterruptedException {
    arguments.require(NAME.name());
    String name = arguments.positional().getFirst();
    String volume = arguments.text(NAME.name());
    Map<String, Object> request = DryRun.options(session, arguments);
    request.put("name", volume);
    if (adds) {
      request.put("disk", disk(volume, arguments));
      request.put(
          "volumeSource",
          Map.of("persistentVolumeClaim", Map.of("claimName", volume, "hotpluggable", true)));
    }
    String verb = outline.name();
    Ask.orSay(
        "error %s volume, %s".formatted(adds ? "adding" : "removing", volume),
        () -> put(session, name, verb, request));
    session
        .out()
        .line(
            "Successfully submitted %s volume request to VM %s for volume %s"
                .formatted(adds ? "add" : "remove", name, volume));
    return DONE;
  }

  /** A machine, or an instance that belongs to none. */
  private static byte[] put(Session session, String name, String verb, Map<String, Object> request)
      throws InterruptedException {
    String namespace = session.namespace();
    try {
      return session.api().put(ApiPath.of(Kind.MACHINE, namespace, name, verb), request);
    } catch (ApiFailure refused) {
      if (refused.status() != NOT_FOUND) {
        throw refused;
      }
      return session.api().put(ApiPath.of(Kind.INSTANCE, namespace, name, verb), request);
    }
  }

  private static Map<String, Object> disk(String volume, Arguments arguments) {
    Map<String, Object> disk = new LinkedHashMap<>();
    disk.put("name", arguments.has("disk-name") ? arguments.text("disk-name") : volume);
    disk.put("serial", arguments.has("serial") ? arguments.text("serial") : volume);
    disk.put(arguments.text("disk-type"), Map.of("bus", arguments.text("bus")));
    if (arguments.has("cache")) {
      disk.put("cache", arguments.text("cache"));
    }
    return disk;
  }
}
