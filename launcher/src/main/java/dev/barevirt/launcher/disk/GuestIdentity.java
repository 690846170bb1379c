package dev.barevirt.launcher.disk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a seed tells the guest about itself.
 *
 * @param instanceId changes when the guest is a new one, so that first-boot work is done again
 * @param hostname the name the guest gives itself
 * @param uuid the firmware's UUID, when one is set
 * @param publicKeys SSH keys for the default user
 * @param devices devices that the user tagged, for config drives
 */
public record GuestIdentity(
    String instanceId,
    String hostname,
    @Nullable String uuid,
    List<String> publicKeys,
    List<TaggedDevice> devices) {
  /** Copies the lists. */
  public GuestIdentity {
    publicKeys = List.copyOf(publicKeys);
    devices = List.copyOf(devices);
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
