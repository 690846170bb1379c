package dev.barevirt.api.rules;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.domain.Cpu;
import dev.barevirt.api.v1.domain.CpuFeature;
import dev.barevirt.api.v1.domain.Resources;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Processors: topology, features, placement. */
final class CpuRule implements VmiRule {
  private static final Set<String> POLICIES =
      Set.of("force", "require", "optional", "disable", "forbid");
  private static final int MOST_PROCESSORS = 512;
  private static final long WHOLE = 1000;

  @Override
  public void check(VirtualMachineInstanceSpec spec, FieldPath at, Findings found) {
    FieldPath domain = at.field("domain");
    Resources resources = orNothing(spec.domain().resources());
    amounts(resources, domain.field("resources"), found);
    Cpu cpu = spec.domain().cpu();
    if (cpu == null) {
      return;
    }
    FieldPath path = domain.field("cpu");
    topology(spec, cpu, path, found);
    features(cpu, path, found);
    if (Boolean.TRUE.equals(cpu.dedicatedCpuPlacement())) {
      dedicated(cpu, resources, domain, found);
    } else {
      withoutDedicated(cpu, domain, found);
    }
    numaNeedsHugepages(spec, cpu, domain, found);
  }

  private static Resources orNothing(@Nullable Resources resources) {
    return resources == null ? Resources.EMPTY : resources;
  }

  private static void amounts(Resources resources, FieldPath path, Findings found) {
    Quantity request = resources.requests().get("cpu");
    Quantity limit = resources.limits().get("cpu");
    notNegative(request, path.field("requests").field("cpu"), found);
    notNegative(limit, path.field("limits").field("cpu"), found);
    if (request != null && limit != null && request.compareTo(limit) > 0) {
      found.invalid(
          path.field("requests").field("cpu"),
          path.field("requests").field("cpu")
              + " '"
              + request
              + "' is greater than "
              + path.field("limits").field("cpu")
              + " '"
              + limit
              + "'");
    }
  }

  private static void notNegative(@Nullable Quantity amount, FieldPath path, Findings found) {
    if (amount != null && amount.amount().signum() < 0) {
      found.invalid(path, path + " '" + amount + "': must be greater than or equal to 0.");
    }
  }

  private static void topology(
      VirtualMachineInstanceSpec spec, Cpu cpu, FieldPath path, Findings found) {
    long sockets = atLeastOne(cpu.sockets());
    if (cpu.maxSockets() != null && cpu.maxSockets() > 0 && sockets > cpu.maxSockets()) {
      found.invalid(
          path.field("sockets"),
          "Number of sockets in CPU topology is greater than the maximum sockets allowed");
    }
    if (exceeds(MOST_PROCESSORS, sockets, atLeastOne(cpu.cores()), atLeastOne(cpu.threads()))) {
      found.invalid(path, "there are more than " + MOST_PROCESSORS + " processors");
    }
    if ("arm64".equals(spec.architecture()) && atLeastOne(cpu.threads()) > 1) {
      found.invalid(path.field("threads"), "threads must not be greater than 1 on arm64");
    }
  }

  static long atLeastOne(@Nullable Long count) {
    return count == null || count == 0 ? 1 : count;
  }

  private static boolean exceeds(long most, long... factors) {
    long product = 1;
    for (long factor : factors) {
      if (factor > most / product) {
        return true;
      }
      product *= factor;
    }
    return false;
  }

  private static void features(Cpu cpu, FieldPath path, Findings found) {
    for (int i = 0; i < cpu.features().size(); i++) {
      CpuFeature feature = cpu.features().get(i);
      FieldPath place = path.field("features").index(i);
      if (feature.name().isEmpty()) {
        found.required(place.field("name"), "a CPU feature must have a name");
      }
      if (!Words.isBlank(feature.policy()) && !POLICIES.contains(feature.policy())) {
        found.notSupported(
            place.field("policy"),
            "CPU feature %s uses policy %s that is not supported."
                .formatted(Words.shown(feature.name()), Words.shown(feature.policy())));
      }
    }
  }

  private static void dedicated(Cpu cpu, Resources resources, FieldPath domain, Findings found) {
    FieldPath path = domain.field("cpu").field("dedicatedCpuPlacement");
    Quantity request = resources.requests().get("cpu");
    Quantity limit = resources.limits().get("cpu");
    long processors =
        atLeastOne(cpu.sockets()) * atLeastOne(cpu.cores()) * atLeastOne(cpu.threads());
    if (differs(request, processors) || differs(limit, processors)) {
      found.invalid(
          path,
          ("%s.requests.cpu or %s.limits.cpu must not be provided at the same time with"
                  + " %s.cpu.cores when DedicatedCPUPlacement is true ")
              .formatted(domain.field("resources"), domain.field("resources"), domain));
      return;
    }
    wholeCpus(request, domain.field("resources").field("requests").field("cpu"), found);
    wholeCpus(limit, domain.field("resources").field("limits").field("cpu"), found);
    if (request != null && limit != null && request.compareTo(limit) != 0) {
      found.invalid(
          path, "requests.cpu and limits.cpu must be equal when DedicatedCPUPlacement is true");
    }
    if (atLeastOne(cpu.threads()) > 2) {
      found.invalid(
          domain.field("cpu").field("threads"),
          "threads must not be greater than 2 when DedicatedCPUPlacement is true");
    }
  }

  private static boolean differs(@Nullable Quantity amount, long processors) {
    return amount != null && !amount.isZero() && amount.bytes() != processors;
  }

  private static void wholeCpus(@Nullable Quantity amount, FieldPath path, Findings found) {
    if (amount != null && amount.milli() % WHOLE != 0) {
      found.invalid(path, "must be a whole number of CPUs when DedicatedCPUPlacement is true");
    }
  }

  private static void withoutDedicated(Cpu cpu, FieldPath domain, Findings found) {
    FieldPath path = domain.field("cpu");
    if (Boolean.TRUE.equals(cpu.isolateEmulatorThread())) {
      found.invalid(
          path.field("isolateEmulatorThread"),
          "IsolateEmulatorThread should be only set in combination with DedicatedCPUPlacement");
    }
    if (cpu.realtime() != null) {
      found.invalid(
          path.field("dedicatedCpuPlacement"),
          path.field("dedicatedCpuPlacement")
              + " must be set to true when "
              + path.field("realtime")
              + " is used");
    }
    if (cpu.numa() != null && cpu.numa().guestMappingPassthrough() != null) {
      FieldPath numa = path.field("numa").field("guestMappingPassthrough");
      found.invalid(
          numa,
          "%s must be set to true when NUMA topology strategy is set in %s"
              .formatted(path.field("dedicatedCpuPlacement"), numa));
    }
  }

  private static void numaNeedsHugepages(
      VirtualMachineInstanceSpec spec, Cpu cpu, FieldPath domain, Findings found) {
    boolean hugepages =
        spec.domain().memory() != null && spec.domain().memory().hugepages() != null;
    if (cpu.numa() != null && cpu.numa().guestMappingPassthrough() != null && !hugepages) {
      FieldPath numa = domain.field("cpu").field("numa").field("guestMappingPassthrough");
      found.invalid(
          numa,
          "%s must be requested when NUMA topology strategy is set in %s"
              .formatted(domain.field("memory").field("hugepages"), numa));
    }
  }
}
