package dev.barevirt.launcher;

import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.launcher.GivenKernel;
import dev.barevirt.api.launcher.GuestOptions;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.v1.VirtualMachineInstance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Requests for guests that boot in seconds. */
final class Requests {
  private Requests() {}

  static Path guests() {
    Path guests = Path.of(System.getProperty("barevirt.guests", "../target/guests"));
    Path absolute = guests.toAbsolutePath().normalize();
    if (!Files.isRegularFile(absolute.resolve("vmlinuz"))) {
      throw new AssertionError(
          "there is no guest in " + absolute + ": make it with launcher/guests/build");
    }
    return absolute;
  }

  /** The micro guest with these members of spec.domain, as JSON without the outer braces. */
  static GuestRequest micro(String domain) {
    return micro(domain, "initrd.gz");
  }

  static GuestRequest micro(String domain, String initrd) {
    return micro(domain, "vmlinuz", initrd);
  }

  /** The guest whose kernel has drivers for everything QEMU offers. */
  static GuestRequest generic(String domain) {
    return micro(domain, "vmlinuz-generic", "initrd-generic.gz");
  }

  private static GuestRequest micro(String domain, String kernel, String initrd) {
    String json =
        """
        {"metadata": {"name": "guest", "namespace": "test"},
         "spec": {"terminationGracePeriodSeconds": 30,
          "domain": {
           %s
           "resources": {"requests": {"memory": "128Mi"}},
           "firmware": {"kernelBoot": {"kernelArgs": "console=ttyS0 quiet tsc_early_khz=2000000",
             "container": {"image": "micro", "kernelPath": "/boot/vmlinuz",
               "initrdPath": "/boot/initrd.gz"}}}}}}
        """
            .formatted(domain.isEmpty() ? "" : domain + ",");
    VirtualMachineInstance vmi =
        RecordReader.STRICT.read(VirtualMachineInstance.class, json).orThrow();
    return new GuestRequest(
        GuestRequest.VERSION,
        vmi,
        List.of(),
        List.of(),
        new GivenKernel(guests().resolve(kernel).toString(), guests().resolve(initrd).toString()),
        List.of(),
        GuestOptions.DEFAULT.withDetached(true));
  }
}
