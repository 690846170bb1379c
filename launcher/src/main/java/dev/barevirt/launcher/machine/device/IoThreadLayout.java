package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.v1.device.Disk;
import dev.barevirt.launcher.machine.MachineInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which disks are served by which threads of QEMU.
 *
 * @param threads the ids of all threads
 * @param byDisk the threads of a disk, by its name; several when its queues are spread over them
 */
record IoThreadLayout(List<String> threads, Map<String, List<String>> byDisk) {
  private static final int THREADS_PER_VCPU = 2;
  private static final String NAME = "iothread";

  /** Copies the collections. */
  IoThreadLayout {
    threads = List.copyOf(threads);
    byDisk = Map.copyOf(byDisk);
  }

  /** The threads of a disk; none when QEMU's main loop serves it. */
  List<String> of(String disk) {
    return byDisk.getOrDefault(disk, List.of());
  }

  /**
   * Lays out the threads: one for each disk that wants its own, and for the others one ({@code
   * shared}), up to two for each CPU ({@code auto}), or a pool over which every disk is spread
   * ({@code supplementalPool}).
   */
  static IoThreadLayout of(MachineInput in) {
    List<Disk> disks = in.devices().disks().stream().filter(IoThreadLayout::isVirtio).toList();
    String policy = in.domain().ioThreadsPolicy();
    if ("supplementalPool".equals(policy)) {
      return pool(in, disks);
    }
    List<Disk> own = disks.stream().filter(d -> Switch.on(d.dedicatedIOThread(), false)).toList();
    if (policy == null && own.isEmpty()) {
      return new IoThreadLayout(List.of(), Map.of());
    }
    List<Disk> others = disks.stream().filter(d -> !own.contains(d)).toList();
    int common = "auto".equals(policy) ? autoThreads(in, own.size(), others.size()) : 1;
    return spread(others, common, own);
  }

  private static IoThreadLayout spread(List<Disk> others, int common, List<Disk> own) {
    List<String> threads = new ArrayList<>();
    Map<String, List<String>> byDisk = new LinkedHashMap<>();
    for (int i = 0; i < others.size(); i++) {
      String thread = NAME + (i % common + 1);
      byDisk.put(others.get(i).name(), List.of(thread));
      if (!threads.contains(thread)) {
        threads.add(thread);
      }
    }
    for (int i = 0; i < own.size(); i++) {
      String thread = NAME + (threads.size() + 1);
      threads.add(thread);
      byDisk.put(own.get(i).name(), List.of(thread));
    }
    return new IoThreadLayout(threads, byDisk);
  }

  private static int autoThreads(MachineInput in, int own, int others) {
    long limit = Math.max(1, THREADS_PER_VCPU * in.vcpus() - own);
    return (int) Math.max(1, Math.min(limit, others));
  }

  private static IoThreadLayout pool(MachineInput in, List<Disk> disks) {
    long count = IoThreadsMapper.poolSize(in);
    List<String> threads = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      threads.add(NAME + i);
    }
    Map<String, List<String>> byDisk = new LinkedHashMap<>();
    disks.forEach(disk -> byDisk.put(disk.name(), threads));
    return new IoThreadLayout(threads, byDisk);
  }

  private static boolean isVirtio(Disk disk) {
    return (disk.disk() != null && "virtio".equals(disk.disk().bus()))
        || (disk.lun() != null && "virtio".equals(disk.lun().bus()));
  }
}
