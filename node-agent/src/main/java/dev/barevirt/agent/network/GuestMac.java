package dev.barevirt.agent.network;

import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.device.Interface;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/**
 * The hardware address of a guest's interface: the one of its manifest, else one derived from the
 * instance, so that everybody who asks gets the same.
 */
public final class GuestMac {
  private GuestMac() {}

  /** The address, in lower case with colons. */
  public static String of(VirtualMachineInstance vmi, Interface asked) {
    String written = asked.macAddress();
    if (written != null && !written.isEmpty()) {
      return written.toLowerCase(Locale.ROOT).replace('-', ':');
    }
    String seed = vmi.metadata().uid() + "/" + asked.name();
    long bits =
        UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).getLeastSignificantBits();
    // Locally administered, one receiver.
    return "02:%02x:%02x:%02x:%02x:%02x"
        .formatted(
            bits & 0xff, bits >> 8 & 0xff, bits >> 16 & 0xff, bits >> 24 & 0xff, bits >> 32 & 0xff);
  }
}
