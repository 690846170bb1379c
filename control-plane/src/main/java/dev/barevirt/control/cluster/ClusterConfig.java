package dev.barevirt.control.cluster;

import dev.barevirt.api.core.LabelSelector;
import dev.barevirt.api.core.LocalObjectReference;
import dev.barevirt.api.v1.KubeVirtSpec;
import dev.barevirt.api.v1.cluster.Configuration;
import dev.barevirt.api.v1.cluster.DeveloperConfiguration;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What controllers read of the installation's configuration, each with a value.
 *
 * @param launcherImage the image launchers run from
 * @param imagePullPolicy when it is fetched
 * @param imagePullSecrets secrets for fetching it
 * @param useEmulation whether guests run without the processor's help
 * @param cpuAllocationRatio how many guest processors share one of the node
 * @param memoryOvercommit how much memory guests see, in percent of what their pods ask for
 * @param overheadRatio what the estimate of a launcher's own memory is multiplied by
 * @param architecture the processors of guests that name none
 * @param machineType the board of guests that name none
 * @param nodeSelectors labels a node of any guest must have
 * @param runtimeClass the runtime class of launcher pods; absent is the cluster's default
 * @param processorLimits the namespaces whose launchers get a limit of processors; absent is none
 */
public record ClusterConfig(
    String launcherImage,
    String imagePullPolicy,
    List<String> imagePullSecrets,
    boolean useEmulation,
    int cpuAllocationRatio,
    int memoryOvercommit,
    BigDecimal overheadRatio,
    String architecture,
    String machineType,
    Map<String, String> nodeSelectors,
    @Nullable String runtimeClass,
    @Nullable LabelSelector processorLimits) {
  private static final int CPU_ALLOCATION_RATIO = 10;
  private static final int MEMORY_OVERCOMMIT = 100;

  public ClusterConfig {
    imagePullSecrets = List.copyOf(imagePullSecrets);
    nodeSelectors = Map.copyOf(nodeSelectors);
  }

  /** The configuration of an installation that sets nothing. */
  public static ClusterConfig ofDefaults(String launcherImage) {
    return of(launcherImage, KubeVirtSpec.EMPTY);
  }

  /** The configuration an installation asks for; what cannot be used counts as not set. */
  public static ClusterConfig of(String launcherImage, KubeVirtSpec spec) {
    Optional<Configuration> set = Optional.ofNullable(spec.configuration());
    Optional<DeveloperConfiguration> developer = set.map(Configuration::developerConfiguration);
    return new ClusterConfig(
        launcherImage,
        Stream.of(set.map(Configuration::imagePullPolicy).orElse(null), spec.imagePullPolicy())
            .filter(Objects::nonNull)
            .findFirst()
            .orElse("IfNotPresent"),
        spec.imagePullSecrets().stream()
            .map(LocalObjectReference::name)
            .filter(Objects::nonNull)
            .toList(),
        developer.map(DeveloperConfiguration::useEmulation).orElse(false),
        positive(developer.map(DeveloperConfiguration::cpuAllocationRatio), CPU_ALLOCATION_RATIO),
        positive(developer.map(DeveloperConfiguration::memoryOvercommit), MEMORY_OVERCOMMIT),
        ratio(set.map(Configuration::additionalGuestMemoryOverheadRatio)),
        "amd64",
        set.map(Configuration::machineType).orElse("q35"),
        developer.map(DeveloperConfiguration::nodeSelectors).orElse(Map.of()),
        set.map(Configuration::defaultRuntimeClass).orElse(null),
        set.map(Configuration::autoCPULimitNamespaceLabelSelector).orElse(null));
  }

  private static int positive(Optional<Integer> number, int otherwise) {
    return number.filter(given -> given > 0).orElse(otherwise);
  }

  private static BigDecimal ratio(Optional<String> text) {
    return text.filter(given -> given.matches("[0-9]{1,3}(\\.[0-9]{1,6})?"))
        .map(BigDecimal::new)
        .filter(given -> given.signum() > 0)
        .orElse(BigDecimal.ONE);
  }
}
