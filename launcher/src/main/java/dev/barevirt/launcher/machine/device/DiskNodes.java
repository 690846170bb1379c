package dev.barevirt.launcher.machine.device;

import dev.barevirt.launcher.machine.Backend;
import dev.barevirt.launcher.machine.HostResource.FdSet;
import dev.barevirt.launcher.machine.HostResource.OpenMode;
import dev.barevirt.launcher.machine.PreparedVolume;
import dev.barevirt.launcher.machine.PreparedVolume.Layer;
import dev.barevirt.launcher.machine.Properties;
import java.util.ArrayList;
import java.util.List;

/**
 * The block nodes of one disk: for each image a node of its format over a node of its file, each
 * with a name and a driver that nobody guesses, and the backing image named explicitly.
 */
final class DiskNodes {
  private DiskNodes() {}

  /** The nodes, the lowest image first; the last is {@link DeviceIds#node} of the volume. */
  static List<Backend> of(PreparedVolume.Disk volume, DiskSettings settings) {
    String name = DeviceIds.node(volume.name());
    var nodes = new ArrayList<Backend>();
    for (int i = volume.layers().size() - 1; i >= 0; i--) {
      String backing = i + 1 < volume.layers().size() ? layerName(name, i + 1) : "";
      DiskSettings here = i == 0 ? settings : settings.beneath();
      nodes.addAll(layer(layerName(name, i), volume.layers().get(i), backing, here));
    }
    return nodes;
  }

  private static String layerName(String name, int index) {
    return index == 0 ? name : name + "-" + index;
  }

  private static List<Backend> layer(
      String name, Layer layer, String backing, DiskSettings settings) {
    String file = name + "-file";
    Properties protocol =
        Properties.of("driver", layer.blockDevice() ? "host_device" : "file")
            .with("node-name", file)
            .with(new FdSet(file, layer.path(), modes(settings)))
            .with(settings.protocol());
    Properties format =
        Properties.of(
                "driver",
                switch (layer.format()) {
                  case RAW -> "raw";
                  case QCOW2 -> "qcow2";
                })
            .with("node-name", name)
            .with("file", file)
            .with(beneath(layer, backing))
            .with(settings.format());
    return List.of(new Backend.Blockdev(protocol), new Backend.Blockdev(format));
  }

  /**
   * What is beneath an image. The lowest says that nothing is: its header may have been swapped
   * since it was inspected, and QEMU would follow what that names.
   */
  private static Properties beneath(Layer layer, String backing) {
    if (!backing.isEmpty()) {
      return Properties.of("backing", backing);
    }
    return switch (layer.format()) {
      case RAW -> Properties.none();
      case QCOW2 -> Properties.none().withNull("backing");
    };
  }

  /**
   * How the file is opened. QEMU takes from the set the descriptor whose access and O_DIRECT are
   * those it wants: it re-opens a writable image for reading while it is locked.
   */
  private static List<OpenMode> modes(DiskSettings settings) {
    var modes = new ArrayList<OpenMode>();
    if (!settings.readOnly()) {
      modes.add(new OpenMode(true, settings.direct()));
    }
    modes.add(new OpenMode(false, settings.direct()));
    return modes;
  }
}
