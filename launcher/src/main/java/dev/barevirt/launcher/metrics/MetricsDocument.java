package dev.barevirt.launcher.metrics;

import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.launcher.machine.CpuLayout;
import dev.barevirt.launcher.machine.GuestMemory;
import java.time.Instant;

/**
 * The XML document in which a guest finds figures of its host and of itself, with the names that
 * vhostmd gave them, so that what reads those reads ours.
 *
 * @param hostName the host's name
 * @param processors the guest's processors
 * @param memoryKib the guest's memory
 */
record MetricsDocument(String hostName, long processors, long memoryKib) {
  private static final String HOST = "host";
  private static final String GUEST = "vm";
  private static final String KIB = " unit=\"KiB\"";
  private static final String SECONDS = " unit=\"s\"";

  /** Documents of one guest; on a cluster the host is called what its node is called. */
  static MetricsDocument of(VirtualMachineInstance vmi, String hostName) {
    String node = vmi.status() == null ? null : vmi.status().nodeName();
    return new MetricsDocument(
        node == null || node.isEmpty() ? hostName : node,
        CpuLayout.of(vmi.spec().domain()).vcpus(),
        GuestMemory.of(vmi) / 1024);
  }

  /** The document of one moment. */
  String at(Instant now, HostFigures figures) {
    StringBuilder text = new StringBuilder("<metrics>\n");
    add(text, HOST, "string", "", "HostName", escaped(hostName));
    add(text, HOST, "string", "", "HostSystemInfo", "linux");
    add(text, HOST, "string", "", "VirtualizationVendor", "kubevirt.io");
    add(text, HOST, "int64", SECONDS, "Time", now.getEpochSecond());
    add(text, HOST, "uint64", "", "NumberOfPhysicalCPUs", figures.processors());
    add(text, HOST, "uint64", SECONDS, "TotalCPUTime", figures.processorSeconds());
    add(text, HOST, "uint64", KIB, "FreePhysicalMemory", figures.freeMemoryKib());
    add(text, HOST, "uint64", KIB, "FreeVirtualMemory", figures.freeVirtualKib());
    add(text, HOST, "uint64", KIB, "UsedVirtualMemory", figures.usedVirtualKib());
    add(text, HOST, "uint64", KIB, "PagedInMemory", figures.pagedInKib());
    add(text, HOST, "uint64", KIB, "PagedOutMemory", figures.pagedOutKib());
    add(text, GUEST, "uint64", "", "ResourceProcessorLimit", processors);
    add(text, GUEST, "uint64", SECONDS, "TotalCPUTime", figures.guestSeconds());
    add(text, GUEST, "uint64", KIB, "PhysicalMemoryAllocatedToVirtualSystem", memoryKib);
    add(text, GUEST, "uint64", KIB, "ResourceMemoryLimit", memoryKib);
    return text.append("</metrics>").toString();
  }

  private static void add(
      StringBuilder text, String context, String type, String unit, String name, Object value) {
    text.append(
        "  <metric type=\"%s\" context=\"%s\"%s>\n    <name>%s</name>\n    <value>%s</value>\n  </metric>\n"
            .formatted(type, context, unit, name, value));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
