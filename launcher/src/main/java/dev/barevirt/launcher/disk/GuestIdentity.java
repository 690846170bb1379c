package dev.barevirt.launcher.disk;

import dev.barevirt.api.core.ObjectMeta;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.device.Disk;
import dev.barevirt.api.v1.device.Interface;
import dev.barevirt.api.v1.domain.Firmware;
import dev.barevirt.launcher.machine.device.Macs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a seed tells the guest about itself.
 *
 * @param instanceId changes when the guest is a new one, so that first-boot work is done again
 * @param hostname the name the guest gives itself
 * @param uuid the firmware's UUID, when one is set
 * @param keys SSH keys for the default user
 * @param devices devices that the user tagged, for config drives
 */
public record GuestIdentity(
    String instanceId,
    String hostname,
    @Nullable String uuid,
    BootKeys keys,
    List<TaggedDevice> devices) {
  /** Copies the list. */
  public GuestIdentity {
    devices = List.copyOf(devices);
  }

  /** What an instance says about itself, with the keys that its access credentials hold. */
  public static GuestIdentity of(VirtualMachineInstance vmi, BootKeys keys) {
    ObjectMeta metadata = vmi.metadata();
    String name = orElse(metadata.name(), "guest");
    Firmware firmware = vmi.spec().domain().firmware();
    return new GuestIdentity(
        orElse(metadata.uid(), name + "." + orElse(metadata.namespace(), "default")),
        orElse(vmi.spec().hostname(), name),
        firmware == null ? null : firmware.uuid(),
        keys,
        tagged(vmi));
  }

  private static List<TaggedDevice> tagged(VirtualMachineInstance vmi) {
    var found = new ArrayList<TaggedDevice>();
    for (Interface nic : vmi.spec().domain().devices().interfaces()) {
      if (nic.tag() != null && !nic.tag().isEmpty()) {
        String mac = Macs.of(vmi.metadata(), nic);
        found.add(new TaggedDevice("nic", "pci", nic.pciAddress(), mac, null, nic.tag()));
      }
    }
    for (Disk disk : vmi.spec().domain().devices().disks()) {
      if (disk.tag() != null && !disk.tag().isEmpty()) {
        String bus = bus(disk);
        String address = disk.disk() == null ? null : disk.disk().pciAddress();
        found.add(new TaggedDevice("disk", bus, address, null, disk.serial(), disk.tag()));
      }
    }
    return found;
  }

  private static String bus(Disk disk) {
    if (disk.lun() != null) {
      return orElse(disk.lun().bus(), "scsi");
    }
    String bus = disk.cdrom() == null ? null : disk.cdrom().bus();
    return orElse(disk.disk() == null ? bus : disk.disk().bus(), "sata");
  }

  private static String orElse(@Nullable String value, String otherwise) {
    return value == null || value.isEmpty() ? otherwise : value;
  }

  /**
   * SSH keys that first-boot configuration gives to the default user, by the volume they travel in.
   *
   * @param noCloud those of {@code cloudInitNoCloud}
   * @param configDrive those of {@code cloudInitConfigDrive}
   */
  public record BootKeys(List<String> noCloud, List<String> configDrive) {
    /** No keys. */
    public static final BootKeys NONE = new BootKeys(List.of(), List.of());

    /** Copies the lists. */
    public BootKeys {
      noCloud = List.copyOf(noCloud);
      configDrive = List.copyOf(configDrive);
    }
  }

  /**
   * A device with the tag its user gave it.
   *
   * @param type {@code nic} or {@code disk}
   * @param bus where it sits: {@code pci}, {@code scsi}, {@code sata}, {@code usb} or {@code
   *     virtio}
   * @param address its address there, when known before the guest starts
   * @param mac a NIC's address
   * @param serial a disk's serial number
   * @param tag the tag
   */
  public record TaggedDevice(
      String type,
      String bus,
      @Nullable String address,
      @Nullable String mac,
      @Nullable String serial,
      String tag) {}
}
