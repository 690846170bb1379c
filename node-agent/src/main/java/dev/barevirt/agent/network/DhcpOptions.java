package dev.barevirt.agent.network;

import dev.barevirt.api.launcher.GivenDhcp;
import dev.barevirt.api.v1.device.Interface;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The DHCP options that an interface's manifest adds. */
final class DhcpOptions {
  private static final int TFTP_SERVER = 66;
  private static final int BOOT_FILE = 67;

  private DhcpOptions() {}

  static List<GivenDhcp.Option> of(Interface asked) {
    List<GivenDhcp.Option> all = new ArrayList<>();
    Interface.DhcpOptions written = asked.dhcpOptions();
    if (written == null) {
      return all;
    }
    add(all, TFTP_SERVER, written.tftpServerName());
    add(all, BOOT_FILE, written.bootFileName());
    for (Interface.DhcpPrivateOption option : written.privateOptions()) {
      Integer code = option.option();
      if (code != null) {
        add(all, code, option.value());
      }
    }
    return all;
  }

  private static void add(List<GivenDhcp.Option> all, int code, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      all.add(new GivenDhcp.Option(code, value));
    }
  }
}
