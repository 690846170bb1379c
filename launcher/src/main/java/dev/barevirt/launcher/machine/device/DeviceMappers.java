package dev.barevirt.launcher.machine.device;

import dev.barevirt.launcher.machine.DeviceMapper;
import java.util.List;

/** All mappers there are; a new kind of device adds one line here. */
public final class DeviceMappers {
  /** All of them; their order means nothing. */
  public static final List<DeviceMapper> ALL = List.of(new BaseMapper());

  private DeviceMappers() {}
}
