package dev.barevirt.launcher.cli.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The flags that describe a machine; shared by run, create and spec render. */
public final class MachineFlags {
  private static final int LONGEST_SUGGESTION = 40;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "IMAGE",
      description = "Boot this image of the store, or a qcow2 or raw file; it is never written")
  @Nullable String image;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Read a VirtualMachineInstance or VirtualMachine manifest ('-': stdin)")
  @Nullable String file;

  @Option(names = "--name", paramLabel = "NAME", description = "Name of the machine")
  @Nullable String name;

  @Option(names = "--cpus", paramLabel = "N", description = "Number of processors (default: 1)")
  @Nullable Integer cpus;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = "Memory, for example 512Mi (default: 512Mi)")
  @Nullable String memory;

  @Option(names = "--kernel", paramLabel = "FILE", description = "Boot this Linux kernel directly")
  @Nullable Path kernel;

  @Option(names = "--initrd", paramLabel = "FILE", description = "Initial RAM disk for --kernel")
  @Nullable Path initrd;

  @Option(names = "--append", paramLabel = "ARGS", description = "Kernel command line for --kernel")
  @Nullable String append;

  @Option(
      names = "--disk",
      paramLabel = "SRC[,OPT]...",
      description = {
        "Add a disk: a file, a block device, an image of the store, or empty with size=",
        "Options: bus=virtio|scsi|sata|usb, ro, cdrom, cache=none|writethrough|writeback,"
            + " size=10Gi, serial=TEXT, boot=N, name=NAME"
      })
  List<String> disks = new ArrayList<>();

  @Option(
      names = "--allow-backing",
      description = "Let images name backing files on this host; read what they name first")
  boolean allowBacking;

  @Option(
      names = "--net",
      paramLabel = "NET",
      description =
          "Network: user, tap=DEVICE, bridge=NAME or none (default: user);"
              + " model=virtio|e1000e|e1000|rtl8139, mac=")
  List<String> nets = new ArrayList<>();

  @Option(
      names = {"-p", "--publish"},
      paramLabel = "[ADDR:]HOST:GUEST[/udp]",
      description = "Forward a port of this host to the guest")
  List<String> ports = new ArrayList<>();

  @Option(
      names = "--share",
      paramLabel = "DIR:TAG[:ro]",
      description = "Share a directory with the guest through virtiofs")
  List<String> shares = new ArrayList<>();

  @Option(
      names = "--cloud-init",
      paramLabel = "FILE[,network=FILE]",
      description = "cloud-init user data, and network data")
  @Nullable String cloudInit;

  @Option(
      names = "--ssh-key",
      paramLabel = "auto|FILE",
      description = "Let this public key log in, through cloud-init")
  @Nullable String sshKey;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "User that --ssh-key logs in as (default: root)")
  @Nullable String user;

  @Option(
      names = "--machine",
      paramLabel = "TYPE",
      description = "q35, pc, microvm or a versioned machine type")
  @Nullable String machine;

  @Option(
      names = "--cpu-model",
      paramLabel = "MODEL",
      description = "Processor model: host-model, host-passthrough or a name")
  @Nullable String cpuModel;

  @Option(names = "--tpm", description = "Add a TPM 2.0")
  boolean tpm;

  @Option(names = "--efi", description = "Boot with UEFI instead of BIOS")
  boolean efi;

  @Option(names = "--secure-boot", description = "Boot with UEFI and secure boot")
  boolean secureBoot;

  @Option(names = "--vnc", description = "Give the machine a screen, reachable with 'launcher vnc'")
  boolean vnc;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Set any field of the manifest, after all other flags")
  List<String> sets = new ArrayList<>();

  /** True when no flag and no argument describes a machine. */
  public boolean empty() {
    boolean unnamed = name == null && memory == null && machine == null;
    return unnamed && image == null && file == null && kernel == null && disks.isEmpty();
  }

  /** The manifest to start from, if one was named. */
  public Optional<String> file() {
    return Optional.ofNullable(file);
  }

  /** A name taken from the image, as far as it makes one. */
  public Optional<String> suggestedName() {
    return Optional.ofNullable(image)
        .map(reference -> reference.substring(reference.lastIndexOf('/') + 1))
        .map(last -> last.replaceFirst("[:@].*$", "").replaceFirst("\\.[A-Za-z0-9]{2,6}$", ""))
        .map(last -> last.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-"))
        .map(last -> last.replaceAll("^-+|-+$", ""))
        .filter(last -> !last.isEmpty() && last.length() <= LONGEST_SUGGESTION);
  }
}
