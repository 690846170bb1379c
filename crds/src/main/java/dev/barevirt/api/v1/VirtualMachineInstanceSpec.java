package dev.barevirt.api.v1;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import dev.barevirt.api.v1.domain.Domain;
import dev.barevirt.api.v1.scheduling.Affinity;
import dev.barevirt.api.v1.scheduling.DnsConfig;
import dev.barevirt.api.v1.scheduling.ResourceClaim;
import dev.barevirt.api.v1.scheduling.Toleration;
import dev.barevirt.api.v1.scheduling.TopologySpreadConstraint;
import dev.barevirt.api.v1.source.AccessCredential;
import dev.barevirt.api.v1.source.Network;
import dev.barevirt.api.v1.source.Probe;
import dev.barevirt.api.v1.source.UtilityVolume;
import dev.barevirt.api.v1.source.Volume;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The wanted state of an instance. */
public record VirtualMachineInstanceSpec(
    @Doc("How important its pod is.") @Nullable String priorityClassName,
    @Doc("The guest's hardware.") @Required Domain domain,
    @Doc("Labels a node must have to run it.") Map<String, String> nodeSelector,
    @Doc("Wishes and demands about where it runs.") @Nullable Affinity affinity,
    @Doc("The scheduler that places its pod.") @Nullable String schedulerName,
    @Doc("The account its pod runs as.") @Nullable String serviceAccountName,
    @Doc("Taints of nodes it accepts.") List<Toleration> tolerations,
    @Doc("How it spreads over the cluster with others like it.")
        List<TopologySpreadConstraint> topologySpreadConstraints,
    @Doc("What happens when its node is drained.")
        @Allowed({"None", "LiveMigrate", "LiveMigrateIfPossible", "External"})
        @Nullable String evictionStrategy,
    @Doc("Whether its processors wait to be started.") @Allowed("Paused")
        @Nullable String startStrategy,
    @Doc("How long it may take to switch itself off.") @Nullable Long terminationGracePeriodSeconds,
    @Doc("Where the contents of its disks and file systems come from.") List<Volume> volumes,
    @Doc("Tells whether it must be started anew.") @Nullable Probe livenessProbe,
    @Doc("Tells whether it can serve.") @Nullable Probe readinessProbe,
    @Doc("The guest's host name; the object's name when absent.") @Nullable String hostname,
    @Doc("A part of its domain name, behind the host name.") @Nullable String subdomain,
    @Doc("What its interfaces are connected to.") List<Network> networks,
    @Doc("How its pod finds name servers.")
        @Allowed({"ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"})
        @Nullable String dnsPolicy,
    @Doc("Name servers and search domains of its pod.") @Nullable DnsConfig dnsConfig,
    @Doc("Keys and passwords put into the guest.") List<AccessCredential> accessCredentials,
    @Doc("The processor architecture; the cluster's default when absent.")
        @Allowed({"amd64", "arm64", "s390x"})
        @Nullable String architecture,
    @Doc("Claims for devices its pod makes.") List<ResourceClaim> resourceClaims,
    @Doc("Volumes attached for a purpose of the system, invisible to the guest.")
        List<UtilityVolume> utilityVolumes) {
  /** Nothing said. */
  public static final VirtualMachineInstanceSpec EMPTY =
      new VirtualMachineInstanceSpec(
          null,
          Domain.EMPTY,
          Map.of(),
          null,
          null,
          null,
          List.of(),
          List.of(),
          null,
          null,
          null,
          List.of(),
          null,
          null,
          null,
          null,
          List.of(),
          null,
          null,
          List.of(),
          null,
          List.of(),
          List.of());

  public VirtualMachineInstanceSpec {
    domain = Frozen.orElse(domain, Domain.EMPTY);
    nodeSelector = Frozen.map(nodeSelector);
    tolerations = Frozen.list(tolerations);
    topologySpreadConstraints = Frozen.list(topologySpreadConstraints);
    volumes = Frozen.list(volumes);
    networks = Frozen.list(networks);
    accessCredentials = Frozen.list(accessCredentials);
    resourceClaims = Frozen.list(resourceClaims);
    utilityVolumes = Frozen.list(utilityVolumes);
  }

  /** The same with another {@code architecture}. */
  public VirtualMachineInstanceSpec withArchitecture(@Nullable String architecture) {
    return new VirtualMachineInstanceSpec(
        priorityClassName,
        domain,
        nodeSelector,
        affinity,
        schedulerName,
        serviceAccountName,
        tolerations,
        topologySpreadConstraints,
        evictionStrategy,
        startStrategy,
        terminationGracePeriodSeconds,
        volumes,
        livenessProbe,
        readinessProbe,
        hostname,
        subdomain,
        networks,
        dnsPolicy,
        dnsConfig,
        accessCredentials,
        architecture,
        resourceClaims,
        utilityVolumes);
  }

  /** The same with another {@code domain}. */
  public VirtualMachineInstanceSpec withDomain(Domain domain) {
    return new VirtualMachineInstanceSpec(
        priorityClassName,
        domain,
        nodeSelector,
        affinity,
        schedulerName,
        serviceAccountName,
        tolerations,
        topologySpreadConstraints,
        evictionStrategy,
        startStrategy,
        terminationGracePeriodSeconds,
        volumes,
        livenessProbe,
        readinessProbe,
        hostname,
        subdomain,
        networks,
        dnsPolicy,
        dnsConfig,
        accessCredentials,
        architecture,
        resourceClaims,
        utilityVolumes);
  }

  /** The same with another {@code networks}. */
  public VirtualMachineInstanceSpec withNetworks(List<Network> networks) {
    return new VirtualMachineInstanceSpec(
        priorityClassName,
        domain,
        nodeSelector,
        affinity,
        schedulerName,
        serviceAccountName,
        tolerations,
        topologySpreadConstraints,
        evictionStrategy,
        startStrategy,
        terminationGracePeriodSeconds,
        volumes,
        livenessProbe,
        readinessProbe,
        hostname,
        subdomain,
        networks,
        dnsPolicy,
        dnsConfig,
        accessCredentials,
        architecture,
        resourceClaims,
        utilityVolumes);
  }

  /** The same with another {@code volumes}. */
  public VirtualMachineInstanceSpec withVolumes(List<Volume> volumes) {
    return new VirtualMachineInstanceSpec(
        priorityClassName,
        domain,
        nodeSelector,
        affinity,
        schedulerName,
        serviceAccountName,
        tolerations,
        topologySpreadConstraints,
        evictionStrategy,
        startStrategy,
        terminationGracePeriodSeconds,
        volumes,
        livenessProbe,
        readinessProbe,
        hostname,
        subdomain,
        networks,
        dnsPolicy,
        dnsConfig,
        accessCredentials,
        architecture,
        resourceClaims,
        utilityVolumes);
  }

  /** The same with another {@code evictionStrategy}. */
  public VirtualMachineInstanceSpec withEvictionStrategy(@Nullable String evictionStrategy) {
    return new VirtualMachineInstanceSpec(
        priorityClassName,
        domain,
        nodeSelector,
        affinity,
        schedulerName,
        serviceAccountName,
        tolerations,
        topologySpreadConstraints,
        evictionStrategy,
        startStrategy,
        terminationGracePeriodSeconds,
        volumes,
        livenessProbe,
        readinessProbe,
        hostname,
        subdomain,
        networks,
        dnsPolicy,
        dnsConfig,
        accessCredentials,
        architecture,
        resourceClaims,
        utilityVolumes);
  }

  /** The same with another {@code terminationGracePeriodSeconds}. */
  public VirtualMachineInstanceSpec withTerminationGracePeriodSeconds(
      @Nullable Long terminationGracePeriodSeconds) {
    return new VirtualMachineInstanceSpec(
        priorityClassName,
        domain,
        nodeSelector,
        affinity,
        schedulerName,
        serviceAccountName,
        tolerations,
        topologySpreadConstraints,
        evictionStrategy,
        startStrategy,
        terminationGracePeriodSeconds,
        volumes,
        livenessProbe,
        readinessProbe,
        hostname,
        subdomain,
        networks,
        dnsPolicy,
        dnsConfig,
        accessCredentials,
        architecture,
        resourceClaims,
        utilityVolumes);
  }

  /** The same with another {@code livenessProbe}. */
  public VirtualMachineInstanceSpec withLivenessProbe(@Nullable Probe livenessProbe) {
    return new VirtualMachineInstanceSpec(
        priorityClassName,
        domain,
        nodeSelector,
        affinity,
        schedulerName,
        serviceAccountName,
        tolerations,
        topologySpreadConstraints,
        evictionStrategy,
        startStrategy,
        terminationGracePeriodSeconds,
        volumes,
        livenessProbe,
        readinessProbe,
        hostname,
        subdomain,
        networks,
        dnsPolicy,
        dnsConfig,
        accessCredentials,
        architecture,
        resourceClaims,
        utilityVolumes);
  }

  /** The same with another {@code readinessProbe}. */
  public VirtualMachineInstanceSpec withReadinessProbe(@Nullable Probe readinessProbe) {
    return new VirtualMachineInstanceSpec(
        priorityClassName,
        domain,
        nodeSelector,
        affinity,
        schedulerName,
        serviceAccountName,
        tolerations,
        topologySpreadConstraints,
        evictionStrategy,
        startStrategy,
        terminationGracePeriodSeconds,
        volumes,
        livenessProbe,
        readinessProbe,
        hostname,
        subdomain,
        networks,
        dnsPolicy,
        dnsConfig,
        accessCredentials,
        architecture,
        resourceClaims,
        utilityVolumes);
  }
}
