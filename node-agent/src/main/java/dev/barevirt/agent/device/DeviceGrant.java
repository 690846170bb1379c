package dev.barevirt.agent.device;

import java.util.ArrayList;
import java.util.List;

/**
 * What a container gets that asks for a device.
 *
 * @param mounts directories of the node, read only
 * @param nodes device files of the node, to read and write, under their own names
 */
record DeviceGrant(List<Mount> mounts, List<String> nodes) {
  DeviceGrant {
    mounts = List.copyOf(mounts);
    nodes = List.copyOf(nodes);
  }

  /**
   * A directory that a container sees.
   *
   * @param container where it is in the container
   * @param host where it is on the node
   */
  record Mount(String container, String host) {}

  static DeviceGrant ofMount(String container, String host) {
    return new DeviceGrant(List.of(new Mount(container, host)), List.of());
  }

  static DeviceGrant ofNode(String node) {
    return new DeviceGrant(List.of(), List.of(node));
  }

  ProtoWriter writer() {
    ProtoWriter all = new ProtoWriter();
    mounts.forEach(
        mount ->
            all.message(
                2,
                new ProtoWriter().text(1, mount.container()).text(2, mount.host()).truth(3, true)));
    nodes.forEach(
        node -> all.message(3, new ProtoWriter().text(1, node).text(2, node).text(3, "mrw")));
    return all;
  }

  static DeviceGrant decode(byte[] bytes) {
    List<Mount> mounts = new ArrayList<>();
    List<String> nodes = new ArrayList<>();
    ProtoReader.read(
        bytes,
        (number, part, _) -> {
          if (number == 2) {
            List<String> texts = texts(part);
            mounts.add(new Mount(texts.get(0), texts.get(1)));
          } else if (number == 3) {
            nodes.add(texts(part).getFirst());
          }
        });
    return new DeviceGrant(mounts, nodes);
  }

  private static List<String> texts(byte[] part) {
    List<String> all = new ArrayList<>();
    ProtoReader.read(
        part,
        (_, text, _) -> {
          if (text.length > 0) {
            all.add(ProtoReader.text(text));
          }
        });
    return all;
  }
}
