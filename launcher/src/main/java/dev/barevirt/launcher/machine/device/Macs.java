package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.core.ObjectMeta;
import dev.barevirt.api.v1.device.Interface;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Hardware addresses: those that users write, and those made up for interfaces without one. */
public final class Macs {
  private static final Pattern WRITTEN =
      Pattern.compile("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{2}(-[0-9A-Fa-f]{2}){5}");
  private static final int MULTICAST = 1;
  private static final byte LOCALLY_ADMINISTERED = 2;
  private static final int LENGTH = 6;

  private Macs() {}

  /** The address of an interface, in QEMU's form. */
  public static String of(ObjectMeta guest, Interface nic) {
    return parse(Texts.orEmpty(nic.macAddress()))
        .orElseGet(() -> derived(guest, Texts.orEmpty(nic.name())));
  }

  /** A written address in QEMU's form; empty when it is none, or belongs to a group or nobody. */
  static Optional<String> parse(String written) {
    if (!WRITTEN.matcher(written).matches()) {
      return Optional.empty();
    }
    String mac = written.replace('-', ':').toLowerCase(Locale.ROOT);
    boolean group = (Integer.parseInt(mac.substring(0, 2), 16) & MULTICAST) != 0;
    return group || mac.equals("00:00:00:00:00:00") ? Optional.empty() : Optional.of(mac);
  }

  /** The address of an interface without one: the same at each start, another for each guest. */
  static String derived(ObjectMeta guest, String network) {
    String whose = Texts.orEmpty(guest.namespace()) + "/" + Texts.orEmpty(guest.name());
    byte[] mac = java.util.Arrays.copyOf(DeviceIds.digest(whose + "/" + network), LENGTH);
    mac[0] = LOCALLY_ADMINISTERED;
    return HexFormat.ofDelimiter(":").formatHex(mac);
  }
}
