package dev.barevirt.api.launcher;

import dev.barevirt.api.v1.VirtualMachineInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All a launcher needs to run one guest: the instance as the user wrote it, and what the host
 * resolved for it. Readers ignore what they do not know; writers leave out what is absent.
 *
 * @param version the contract's version, {@link #VERSION} when written by this code
 * @param vmi the guest, as asked for
 * @param volumes where each volume of the instance that needs a host path is
 * @param networks what each network of the instance is connected to
 * @param kernel the kernel to boot directly, when the instance asks for one
 * @param placements PCI addresses of an earlier run, so that a restart changes none
 * @param options how this host runs it
 */
public record GuestRequest(
    int version,
    VirtualMachineInstance vmi,
    List<GivenVolume> volumes,
    List<GivenNetwork> networks,
    @Nullable GivenKernel kernel,
    List<Placement> placements,
    GuestOptions options) {

  /** The version this code writes. */
  public static final int VERSION = 1;

  @SuppressWarnings("NullAway") // a tolerant reader hands over what the sender left out
  public GuestRequest {
    volumes = volumes == null ? List.of() : List.copyOf(volumes);
    networks = networks == null ? List.of() : List.copyOf(networks);
    placements = placements == null ? List.of() : List.copyOf(placements);
    options = options == null ? GuestOptions.DEFAULT : options;
  }

  /** The same request for another instance. */
  public GuestRequest withVmi(VirtualMachineInstance replaced) {
    return new GuestRequest(version, replaced, volumes, networks, kernel, placements, options);
  }

  /** The same request with the addresses of an earlier run. */
  public GuestRequest withPlacements(List<Placement> stored) {
    return new GuestRequest(version, vmi, volumes, networks, kernel, stored, options);
  }

  /** The same request with the host's options replaced. */
  public GuestRequest withOptions(GuestOptions replaced) {
    return new GuestRequest(version, vmi, volumes, networks, kernel, placements, replaced);
  }
}
