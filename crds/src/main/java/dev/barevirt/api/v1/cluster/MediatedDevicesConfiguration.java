package dev.barevirt.api.v1.cluster;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Devices that are divided into mediated ones. */
public record MediatedDevicesConfiguration(
    @Doc("An older way to say mediatedDeviceTypes.") List<String> mediatedDevicesTypes,
    @Doc("The types they are divided into.") List<String> mediatedDeviceTypes,
    @Doc("The types on certain nodes.") List<OnNodes> nodeMediatedDeviceTypes,
    @Doc("Whether they are divided at all; true when absent.") @Nullable Boolean enabled) {
  public MediatedDevicesConfiguration {
    mediatedDevicesTypes = Frozen.list(mediatedDevicesTypes);
    mediatedDeviceTypes = Frozen.list(mediatedDeviceTypes);
    nodeMediatedDeviceTypes = Frozen.list(nodeMediatedDeviceTypes);
  }

  /** The types on certain nodes. */
  public record OnNodes(
      @Doc("Labels of the nodes.") @Required Map<String, String> nodeSelector,
      @Doc("An older way to say mediatedDeviceTypes.") List<String> mediatedDevicesTypes,
      @Doc("The types.") @Required List<String> mediatedDeviceTypes) {
    public OnNodes {
      nodeSelector = Frozen.map(nodeSelector);
      mediatedDevicesTypes = Frozen.list(mediatedDevicesTypes);
      mediatedDeviceTypes = Frozen.list(mediatedDeviceTypes);
    }
  }
}
