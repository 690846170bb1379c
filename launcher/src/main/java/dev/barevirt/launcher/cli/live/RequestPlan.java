package dev.barevirt.launcher.cli.live;

import dev.barevirt.api.launcher.GivenKernel;
import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.api.launcher.GuestOptions;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.Placement;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.domain.Firmware;
import dev.barevirt.api.v1.domain.KernelBoot;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import dev.barevirt.launcher.cli.output.Text;
import dev.barevirt.launcher.cli.spec.HostNotes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the request for a launcher: the machine, and what this host has for each of its parts. */
public final class RequestPlan {
  private final ImageLookup images;
  private final @Nullable String qemu;

  /**
   * A plan.
   *
   * @param images where images are found
   * @param qemu the QEMU to run; the one on the path when null
   */
  public RequestPlan(ImageLookup images, @Nullable String qemu) {
    this.images = images;
    this.qemu = qemu;
  }

  /**
   * Resolves everything; reads files and writes none.
   *
   * @param vmi the machine
   * @param earlier the request of the machine's last run, or null before the first
   */
  public GuestRequest request(VirtualMachineInstance vmi, @Nullable GuestRequest earlier) {
    var volumes = new GivenVolumes(vmi, images, earlier == null ? List.of() : earlier.volumes());
    List<GivenNetwork> networks = new GivenNetworks(vmi).all();
    List<Placement> placements = earlier == null ? List.of() : earlier.placements();
    String machineType = earlier == null ? null : earlier.options().machineType();
    return new GuestRequest(
        GuestRequest.VERSION,
        vmi,
        volumes.all(),
        networks,
        kernel(vmi).orElse(null),
        placements,
        options(vmi, machineType));
  }

  private GuestOptions options(VirtualMachineInstance vmi, @Nullable String machineType) {
    boolean backing = HostNotes.allowsBacking(vmi);
    return new GuestOptions(true, null, true, false, null, null, machineType, qemu, backing, false);
  }

  /** Refuses what only shows at the moment of a start: ports in use. */
  public static void requireStartable(GuestRequest request) {
    GivenNetworks.requireFree(request.networks());
  }

  private Optional<GivenKernel> kernel(VirtualMachineInstance vmi) {
    Firmware firmware = vmi.spec().domain().firmware();
    KernelBoot boot = firmware == null ? null : firmware.kernelBoot();
    KernelBoot.Container container = boot == null ? null : boot.container();
    if (container == null || container.kernelPath() == null) {
      return Optional.empty();
    }
    String kernel = bootFile(container.image(), container.kernelPath());
    String initrd = container.initrdPath();
    return Optional.of(
        new GivenKernel(kernel, initrd == null ? null : bootFile(container.image(), initrd)));
  }

  private String bootFile(String image, String path) {
    Path file;
    if (image.startsWith(HostNotes.FILE_IMAGE)) {
      Path root = Path.of("/" + image.substring(HostNotes.FILE_IMAGE.length()));
      file = root.resolve(path.replaceFirst("^/+", "")).normalize();
    } else {
      file = images.file(image, path).orElseThrow(() -> GivenVolumes.noImage(image));
    }
    if (!Files.isRegularFile(file)) {
      throw CliFailure.of(ExitCode.IMAGE, "there is no file " + Text.printable(file.toString()));
    }
    if (!Files.isReadable(file)) {
      throw CliFailure.of(ExitCode.IMAGE, "cannot read " + Text.printable(file.toString()));
    }
    return file.toString();
  }
}
