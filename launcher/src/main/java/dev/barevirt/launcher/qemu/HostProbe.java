package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.disk.ChildProcessRunner;
import dev.barevirt.launcher.machine.HostFacts;
import dev.barevirt.launcher.machine.HostFacts.Accelerator;
import dev.barevirt.launcher.machine.HostFacts.Feature;
import dev.barevirt.launcher.os.BootId;
import dev.barevirt.launcher.os.Children;
import dev.barevirt.launcher.os.OpenFile;
import dev.barevirt.launcher.os.OpenFlag;
import dev.barevirt.launcher.os.OsException;
import dev.barevirt.launcher.os.Privileges;
import dev.barevirt.launcher.os.Programs;
import dev.barevirt.launcher.store.PrivateDirectory;
import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.OwnedFd;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out what this host and its QEMU can do. The first time after a boot or an upgrade it runs
 * QEMU once; after that the answers come from the cache.
 */
public final class HostProbe {
  private static final List<String> QEMU_NAMES = List.of("qemu-system-x86_64", "qemu-kvm");

  private final Programs programs;
  private final Privileges user;
  private final Children children;
  private final ProbeCache cache;
  private final KvmProbe kvm = KvmProbe.ofThisHost();

  /**
   * A probe.
   *
   * @param programs where QEMU and the sidecars are looked for
   * @param user who we are; as root, QEMU is asked as the user it will run as
   * @param children starts QEMU
   * @param cacheDirectory where answers are kept
   */
  public HostProbe(Programs programs, Privileges user, Children children, Path cacheDirectory) {
    this.programs = programs;
    this.user = user;
    this.children = children;
    this.cache = new ProbeCache(cacheDirectory);
  }

  /**
   * What was found.
   *
   * @param facts for building machines
   * @param kvm whether KVM runs guests, and why not
   */
  public record Findings(HostFacts facts, KvmProbe.Verdict kvm) {}

  /** With the QEMU that is found first. */
  public Findings probe() throws InterruptedException {
    Path qemu =
        QEMU_NAMES.stream()
            .flatMap(name -> programs.find(name).stream())
            .findFirst()
            .orElseThrow(
                () ->
                    new HostException(
                        HostException.Reason.NO_QEMU,
                        "there is no qemu-system-x86_64 here: install QEMU 7.2 or later"));
    return probe(qemu);
  }

  /** With this QEMU. */
  public Findings probe(Path qemu) throws InterruptedException {
    KvmProbe.Verdict verdict = kvm.probe();
    Accelerator accelerator =
        switch (verdict) {
          case KvmProbe.Verdict.Usable() -> Accelerator.KVM;
          case KvmProbe.Verdict.Unusable(String _) -> Accelerator.TCG;
        };
    QemuAbilities abilities = abilities(qemu, accelerator);
    Set<Feature> features = EnumSet.noneOf(Feature.class);
    features.addAll(abilities.features());
    features.addAll(hostFeatures());
    HostFacts facts =
        new HostFacts(
            qemu.toString(),
            abilities.version(),
            accelerator,
            abilities.machines(),
            abilities.devices(),
            abilities.cpuModels(),
            features,
            FirmwareDescriptors.ofThisHost().read(),
            new SidecarProbe(programs, new ChildProcessRunner(), cache).find(),
            Hugepages.ofThisHost().free());
    return new Findings(facts, verdict);
  }

  private QemuAbilities abilities(Path qemu, Accelerator accelerator) {
    BinaryIdentity identity = identity(qemu);
    // What the kernel lets QEMU do can change with the kernel, so the answers hold for one boot.
    String key = identity.key() + " " + BootId.current().value();
    String name =
        "qemu-%s-%s-%d"
            .formatted(
                Integer.toHexString(identity.path().hashCode()),
                accelerator.name().toLowerCase(Locale.ROOT),
                user.uid());
    Optional<QemuAbilities> known = cache.find(name, key).flatMap(AbilitiesJson::read);
    if (known.isPresent()) {
      return known.get();
    }
    PrivateDirectory.ensure(cache.directory());
    List<String> wrapper = new QemuUser(user, programs).wrapper();
    QemuAbilities asked =
        new QemuProbe(children, wrapper).probe(qemu, accelerator, cache.directory());
    Json value = AbilitiesJson.write(asked);
    cache.store(name, key, value);
    return asked;
  }

  private static BinaryIdentity identity(Path qemu) {
    try {
      return BinaryIdentity.of(qemu);
    } catch (UncheckedIOException unreadable) {
      throw new HostException(
          HostException.Reason.NO_QEMU, "there is no QEMU at " + qemu, unreadable);
    }
  }

  private static Set<Feature> hostFeatures() {
    Set<Feature> features = EnumSet.noneOf(Feature.class);
    addIfOpens(features, Feature.VHOST_NET, "/dev/vhost-net");
    addIfOpens(features, Feature.VHOST_VSOCK, "/dev/vhost-vsock");
    addIfOpens(features, Feature.TUN, "/dev/net/tun");
    return features;
  }

  private static void addIfOpens(Set<Feature> features, Feature feature, String device) {
    try (OwnedFd _ = OpenFile.open(Path.of(device), Set.of(OpenFlag.READ_WRITE))) {
      features.add(feature);
    } catch (OsException absent) {
      // Not there, or not for us: either way guests do without it.
    }
  }
}
