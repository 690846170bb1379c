package dev.barevirt.qmp.agent;

import java.util.List;

/**
 * A network interface as the guest sees it.
 *
 * @param name its name in the guest
 * @param hardwareAddress its MAC address, "" for none
 * @param ipAddresses its addresses
 */
public record NetworkInterface(String name, String hardwareAddress, List<Address> ipAddresses) {
  /**
   * An address of an interface.
   *
   * @param ipAddress the address
   * @param ipAddressType ipv4 or ipv6
   * @param prefix the length of its network's prefix
   */
  public record Address(String ipAddress, String ipAddressType, int prefix) {}
}
