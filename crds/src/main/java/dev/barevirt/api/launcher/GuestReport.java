package dev.barevirt.api.launcher;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a launcher knows about its guest. Whole each time: the newest sequence number wins, and no
 * earlier report is needed to understand a later one.
 *
 * @param version the contract's version
 * @param sequence rises with each change
 * @param namespace the instance's namespace
 * @param name the instance's name
 * @param phase where the guest is in its life
 * @param reason why it stands still or has ended
 * @param message one sentence for people, when there is something to say
 * @param changedAt when the phase or reason changed, in RFC 3339
 * @param startedAt when the guest's processors first ran, in RFC 3339
 * @param qemu the QEMU process, once there is one
 * @param placements the PCI addresses in use
 * @param devices what can be plugged and unplugged
 * @param agent what the guest's agent said
 * @param credentials how the guest's agent took the access credentials; absent when the instance
 *     has none for it, or no agent has answered yet
 * @param guestUp whether the guest's agent answers or the guest said so otherwise
 * @param warnings sentences a user should read
 */
public record GuestReport(
    int version,
    long sequence,
    @Nullable String namespace,
    @Nullable String name,
    GuestPhase phase,
    @Nullable GuestReason reason,
    @Nullable String message,
    @Nullable String changedAt,
    @Nullable String startedAt,
    @Nullable QemuReport qemu,
    List<Placement> placements,
    List<DeviceReport> devices,
    @Nullable AgentReport agent,
    @Nullable CredentialReport credentials,
    boolean guestUp,
    List<String> warnings) {

  /** The version this code writes. */
  public static final int VERSION = 1;

  @SuppressWarnings("NullAway") // a tolerant reader hands over what the sender left out
  public GuestReport {
    placements = placements == null ? List.of() : List.copyOf(placements);
    devices = devices == null ? List.of() : List.copyOf(devices);
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
  }
}
