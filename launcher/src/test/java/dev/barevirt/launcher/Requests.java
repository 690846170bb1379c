package dev.barevirt.launcher;

import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.launcher.GivenKernel;
import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.api.launcher.GivenVolume;
import dev.barevirt.api.launcher.GuestOptions;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.v1.VirtualMachineInstance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Requests for guests that boot in seconds. */
final class Requests {
  private static final String GENERIC = "vmlinuz-generic";

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

  /** The micro guest with these members of spec.domain, and of its firmware with a comma each. */
  static GuestRequest of(String domain, String firmware) {
    GuestRequest plain = micro(domain);
    String json =
        RecordWriter.toJson(plain.vmi()).replace("\"firmware\":{", "\"firmware\":{" + firmware);
    return plain.withVmi(RecordReader.STRICT.read(VirtualMachineInstance.class, json).orThrow());
  }

  /** The guest whose kernel has drivers for everything QEMU offers. */
  static GuestRequest generic(String domain) {
    return micro(domain, GENERIC, "initrd-generic.gz");
  }

  /** The micro guest with an interface of the pod network. */
  static GuestRequest withNic() {
    return withNic("up", "");
  }

  /** The same with the link up or down. */
  static GuestRequest withNic(String state) {
    return withNic(state, "");
  }

  /** The same with these further members of spec.domain.devices. */
  static GuestRequest withNicAnd(String devices) {
    return withNic("up", devices + ",");
  }

  private static GuestRequest withNic(String state, String devices) {
    String nic = "{\"name\": \"default\", \"masquerade\": {}, \"state\": \"%s\"}".formatted(state);
    return request(
        "\"devices\": {%s \"interfaces\": [%s]}".formatted(devices, nic),
        "\"networks\": [{\"name\": \"default\", \"pod\": {}}],",
        "vmlinuz",
        "initrd.gz",
        List.of(),
        List.of(new GivenNetwork("default", GivenNetwork.Kind.USER, null, null, List.of())));
  }

  /** The micro guest with interfaces of those names, each with a user-mode network of its own. */
  static GuestRequest withNics(List<String> names) {
    String interfaces =
        names.stream()
            .map("{\"name\": \"%s\", \"masquerade\": {}}"::formatted)
            .collect(Collectors.joining(","));
    String networks =
        names.stream()
            .map("{\"name\": \"%s\", \"pod\": {}}"::formatted)
            .collect(Collectors.joining(","));
    return request(
        "\"devices\": {\"interfaces\": [" + interfaces + "]}",
        "\"networks\": [" + networks + "],",
        "vmlinuz",
        "initrd.gz",
        List.of(),
        names.stream()
            .map(name -> new GivenNetwork(name, GivenNetwork.Kind.USER, null, null, List.of()))
            .toList());
  }

  /** The micro guest with a seed whose user data are in the files of a directory. */
  static GuestRequest withSeed(Path secret) {
    GivenVolume given =
        new GivenVolume("seed", GivenVolume.Kind.DIRECTORY, secret.toString(), null, true);
    return request(
        "\"devices\": {\"disks\": [{\"name\": \"seed\", \"disk\": {\"bus\": \"virtio\"}}]}",
        "\"volumes\": [{\"name\": \"seed\", \"cloudInitNoCloud\": {\"secretRef\": {\"name\":"
            + " \"s\"}}}],",
        "vmlinuz",
        "initrd.gz",
        List.of(given),
        List.of());
  }

  /** The micro guest with raw disks. */
  static GuestRequest withDisks(Map<String, Path> disks) {
    String devices =
        disks.keySet().stream()
            .map("{\"name\": \"%s\", \"disk\": {\"bus\": \"virtio\"}}"::formatted)
            .collect(Collectors.joining(","));
    String claim = "{\"claimName\": \"%1$s\", \"hotpluggable\": true}";
    String volume = "{\"name\": \"%1$s\", \"persistentVolumeClaim\": " + claim + "}";
    String volumes =
        disks.keySet().stream().map(volume::formatted).collect(Collectors.joining(","));
    List<GivenVolume> given =
        disks.entrySet().stream()
            .map(
                disk ->
                    new GivenVolume(
                        disk.getKey(),
                        GivenVolume.Kind.FILE,
                        disk.getValue().toString(),
                        GivenVolume.Format.RAW,
                        false))
            .toList();
    return request(
        "\"devices\": {\"disks\": [" + devices + "]}",
        "\"volumes\": [" + volumes + "],",
        "vmlinuz",
        "initrd.gz",
        given,
        List.of());
  }

  /** The guest of {@link #generic} with one raw disk named data. */
  static GuestRequest genericWithDisk(String devices, Path disk) {
    return request(
        "\"devices\": {%s, \"disks\": [{\"name\": \"data\", \"disk\": {\"bus\": \"virtio\"}}]}"
            .formatted(devices),
        "\"volumes\": [{\"name\": \"data\", \"persistentVolumeClaim\": {\"claimName\":"
            + " \"data\"}}],",
        GENERIC,
        "initrd-generic.gz",
        List.of(
            new GivenVolume(
                "data", GivenVolume.Kind.FILE, disk.toString(), GivenVolume.Format.RAW, false)),
        List.of());
  }

  /** The micro guest that runs a command of its own accord once it is up. */
  static GuestRequest running(String command) {
    String encoded = Base64.getEncoder().encodeToString(command.getBytes(StandardCharsets.UTF_8));
    return withKernelArgs(micro(""), "barevirt.run=" + encoded);
  }

  /** The same guest with further arguments for its kernel. */
  static GuestRequest withKernelArgs(GuestRequest plain, String more) {
    String json =
        RecordWriter.toJson(plain.vmi()).replace("console=ttyS0", "console=ttyS0 " + more);
    return plain.withVmi(RecordReader.STRICT.read(VirtualMachineInstance.class, json).orThrow());
  }

  private static GuestRequest micro(String domain, String kernel, String initrd) {
    return request(domain, "", kernel, initrd, List.of(), List.of());
  }

  /**
   * The micro guest.
   *
   * @param domain members of spec.domain, as JSON without the outer braces
   * @param spec members of spec, each with a comma behind it
   */
  static GuestRequest with(
      String domain, String spec, List<GivenVolume> volumes, List<GivenNetwork> networks) {
    return request(domain, spec, "vmlinuz", "initrd.gz", volumes, networks);
  }

  /** The same with the guest of {@link #generic}. */
  static GuestRequest genericWith(
      String domain, String spec, List<GivenVolume> volumes, List<GivenNetwork> networks) {
    return request(domain, spec, GENERIC, "initrd-generic.gz", volumes, networks);
  }

  /** The same with an agent in the guest. */
  static GuestRequest withAgent(String domain, String spec, List<GivenVolume> volumes) {
    return request(domain, spec, "vmlinuz", "initrd-agent.gz", volumes, List.of());
  }

  private static GuestRequest request(
      String domain,
      String spec,
      String kernel,
      String initrd,
      List<GivenVolume> volumes,
      List<GivenNetwork> networks) {
    String json =
        """
        {"metadata": {"name": "guest", "namespace": "test"},
         "spec": {"terminationGracePeriodSeconds": 30, %s
          "domain": {
           %s
           "resources": {"requests": {"memory": "%s"}},
           "firmware": {"kernelBoot": {"kernelArgs": "console=ttyS0 quiet tsc_early_khz=2000000",
             "container": {"image": "micro", "kernelPath": "/boot/vmlinuz",
               "initrdPath": "/boot/initrd.gz"}}}}}}
        """
            .formatted(
                spec,
                domain.isEmpty() ? "" : domain + ",",
                kernel.equals(GENERIC) ? "256Mi" : "128Mi");
    VirtualMachineInstance vmi =
        RecordReader.STRICT.read(VirtualMachineInstance.class, json).orThrow();
    return new GuestRequest(
        GuestRequest.VERSION,
        vmi,
        volumes,
        networks,
        new GivenKernel(guests().resolve(kernel).toString(), guests().resolve(initrd).toString()),
        List.of(),
        GuestOptions.DEFAULT.withDetached(true));
  }
}
