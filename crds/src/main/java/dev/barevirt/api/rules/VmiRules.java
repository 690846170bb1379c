package dev.barevirt.api.rules;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import java.util.List;
import java.util.Set;

/**
 * Judges instances.
 *
 * <p>Give it an instance with its defaults ({@link VmiDefaults}): some demands are about values a
 * user may leave out.
 */
public final class VmiRules {
  private static final FieldPath SPEC = FieldPath.of("spec");

  private VmiRules() {}

  /** What is wrong with an instance, whatever cluster it is to run in. */
  public static List<Violation> check(VirtualMachineInstance vmi) {
    Findings found = new Findings();
    check(vmi.spec(), SPEC, Where.CLUSTER, found);
    return found.all();
  }

  /**
   * What is wrong with an instance that is to run on a machine without a cluster.
   *
   * @param given the names of volumes, networks and secrets whose paths, directories, taps or
   *     bridges are given beside the specification
   */
  public static List<Violation> checkStandalone(VirtualMachineInstance vmi, Set<String> given) {
    Findings found = new Findings();
    check(vmi.spec(), SPEC, Where.STANDALONE, found);
    new StandaloneRules(given, found).check(vmi.spec(), SPEC);
    return found.all();
  }

  /**
   * What is wrong with an instance that is to run in a cluster, in the words and with the fields by
   * which the cluster's clients know it.
   */
  public static List<Violation> checkInCluster(
      VirtualMachineInstance vmi, ClusterSettings settings) {
    Findings found = new Findings();
    new ClusterRules(settings, found).annotations(vmi.metadata(), FieldPath.of("metadata"));
    inCluster(vmi.spec(), SPEC, settings, found);
    return found.all().stream().map(ClusterCause::of).toList();
  }

  static void inCluster(
      VirtualMachineInstanceSpec spec, FieldPath at, ClusterSettings settings, Findings found) {
    new ClusterRules(settings, found).check(spec, at);
    check(spec, at, Where.CLUSTER, found);
  }

  private static void check(
      VirtualMachineInstanceSpec spec, FieldPath at, Where where, Findings found) {
    rules(where).forEach(rule -> rule.check(spec, at, found));
  }

  private static List<VmiRule> rules(Where where) {
    return List.of(
        new MemoryRule(),
        new CpuRule(),
        new FirmwareRule(where),
        new VolumeRule(),
        new CloudInitRule(),
        new DiskRule(where),
        new PlacementRule(),
        new NetworkRule(),
        new InterfaceRule(),
        new DeviceRule(),
        new ProbeRule(),
        new CredentialRule(),
        new SpecRule());
  }
}
