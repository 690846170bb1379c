package dev.barevirt.api.launcher;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the guest's agent said about the guest, cut to sane sizes: a guest is not trusted.
 *
 * @param connected whether an agent answers now
 * @param version the agent's version
 * @param hostname the guest's host name
 * @param os the guest's operating system
 * @param timezone the guest's time zone
 * @param interfaces the guest's network interfaces
 * @param users who is logged in
 * @param filesystems what is mounted
 * @param frozen whether the file systems are frozen
 * @param truncated whether something was left out because there was too much of it
 */
public record AgentReport(
    boolean connected,
    @Nullable String version,
    @Nullable String hostname,
    @Nullable Os os,
    @Nullable String timezone,
    List<Interface> interfaces,
    List<User> users,
    List<Filesystem> filesystems,
    boolean frozen,
    boolean truncated) {

  /** Nobody answers and nobody did. */
  public static final AgentReport ABSENT =
      new AgentReport(false, null, null, null, null, List.of(), List.of(), List.of(), false, false);

  @SuppressWarnings("NullAway") // a tolerant reader hands over what the sender left out
  public AgentReport {
    interfaces = interfaces == null ? List.of() : List.copyOf(interfaces);
    users = users == null ? List.of() : List.copyOf(users);
    filesystems = filesystems == null ? List.of() : List.copyOf(filesystems);
  }

  /** The same knowledge, from an agent that no longer answers. */
  public AgentReport disconnected() {
    return new AgentReport(
        false, version, hostname, os, timezone, interfaces, users, filesystems, frozen, truncated);
  }

  /**
   * The guest's operating system.
   *
   * @param id a short name such as debian
   * @param name a name for people
   * @param version the version for people
   * @param versionId the version for programs
   * @param kernelRelease the kernel's release
   * @param kernelVersion the kernel's version
   * @param machine the guest's architecture
   */
  public record Os(
      @Nullable String id,
      @Nullable String name,
      @Nullable String version,
      @Nullable String versionId,
      @Nullable String kernelRelease,
      @Nullable String kernelVersion,
      @Nullable String machine) {}

  /**
   * A network interface in the guest.
   *
   * @param name its name in the guest
   * @param mac its hardware address
   * @param addresses its addresses with their prefix length
   */
  public record Interface(String name, @Nullable String mac, List<String> addresses) {
    @SuppressWarnings("NullAway") // a tolerant reader hands over what the sender left out
    public Interface {
      addresses = addresses == null ? List.of() : List.copyOf(addresses);
    }
  }

  /**
   * Somebody who is logged in.
   *
   * @param name the account
   * @param domain the account's domain, on Windows
   * @param loginTime seconds since the epoch
   */
  public record User(String name, @Nullable String domain, @Nullable Double loginTime) {}

  /**
   * A mounted file system.
   *
   * @param name the device's name in the guest
   * @param mountpoint where it is mounted
   * @param type the file system's type
   * @param usedBytes bytes in use
   * @param totalBytes bytes in all
   */
  public record Filesystem(
      String name,
      String mountpoint,
      String type,
      @Nullable Long usedBytes,
      @Nullable Long totalBytes) {}
}
