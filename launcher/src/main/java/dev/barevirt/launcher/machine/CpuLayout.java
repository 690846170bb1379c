package dev.barevirt.launcher.machine;

import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.v1.domain.Cpu;
import dev.barevirt.api.v1.domain.Domain;
import java.math.RoundingMode;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The guest's processors.
 *
 * @param sockets the sockets it starts with
 * @param cores cores of a socket
 * @param threads threads of a core
 * @param maxSockets the sockets it may grow to
 */
public record CpuLayout(long sockets, long cores, long threads, long maxSockets) {
  private static final String RESOURCE = "cpu";

  /**
   * The topology asked for; when none is, as many sockets as the CPU limit, or else the request,
   * has begun CPUs.
   */
  public static CpuLayout of(Domain domain) {
    Cpu cpu = domain.cpu() == null ? Cpu.EMPTY : domain.cpu();
    boolean asked = cpu.sockets() != null || cpu.cores() != null || cpu.threads() != null;
    long sockets = asked ? atLeastOne(cpu.sockets()) : resourceCpus(domain);
    return new CpuLayout(
        sockets,
        atLeastOne(cpu.cores()),
        atLeastOne(cpu.threads()),
        Math.max(sockets, atLeastOne(cpu.maxSockets())));
  }

  /** The CPUs the guest starts with. */
  public long vcpus() {
    return Math.multiplyExact(Math.multiplyExact(sockets, cores), threads);
  }

  /** The CPUs it may grow to. */
  public long maxVcpus() {
    return Math.multiplyExact(Math.multiplyExact(maxSockets, cores), threads);
  }

  private static long atLeastOne(@Nullable Long count) {
    return count == null ? 1 : Math.clamp(count, 1, Short.MAX_VALUE);
  }

  private static long resourceCpus(Domain domain) {
    if (domain.resources() == null) {
      return 1;
    }
    return Stream.of(domain.resources().limits(), domain.resources().requests())
        .filter(resources -> resources.containsKey(RESOURCE))
        .map(resources -> resources.getOrDefault(RESOURCE, Quantity.ZERO))
        .findFirst()
        .map(q -> atLeastOne(q.amount().setScale(0, RoundingMode.UP).longValue()))
        .orElse(1L);
  }
}
