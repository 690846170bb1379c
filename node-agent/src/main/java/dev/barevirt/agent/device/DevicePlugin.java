package dev.barevirt.agent.device;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A resource that this node offers to pods.
 *
 * @param resource its name, such as devices.kubevirt.io/kvm
 * @param count how many containers can have it at once
 * @param grant what each of them gets
 */
record DevicePlugin(String resource, int count, DeviceGrant grant) {
  private static final String PREFIX = "devices.kubevirt.io/";

  static DevicePlugin of(String name, int count, DeviceGrant grant) {
    return new DevicePlugin(PREFIX + name, count, grant);
  }

  private String name() {
    return resource.substring(resource.lastIndexOf('/') + 1);
  }

  /** The name of its socket, beside the kubelet's. */
  String endpoint() {
    return "kubevirt-" + name() + ".sock";
  }

  List<String> ids() {
    return IntStream.range(0, count).mapToObj(i -> name() + i).toList();
  }
}
