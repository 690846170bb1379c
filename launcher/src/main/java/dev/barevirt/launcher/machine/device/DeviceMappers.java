package dev.barevirt.launcher.machine.device;

import dev.barevirt.launcher.machine.DeviceMapper;
import java.util.List;

/** All mappers there are; a new kind of device adds one line here. */
public final class DeviceMappers {
  /** All of them; devices of earlier ones get the lower addresses. */
  public static final List<DeviceMapper> ALL =
      List.of(
          new BaseMapper(),
          new MachineTypeMapper(),
          new CpuMapper(),
          new MemoryMapper(),
          new FeaturesMapper(),
          new HypervMapper(),
          new ClockMapper(),
          new TimersMapper(),
          new FirmwareMapper(),
          new KernelBootMapper(),
          new AcpiTablesMapper(),
          new SmbiosMapper(),
          new ActionsMapper(),
          new IoThreadsMapper(),
          new VolumesMapper(),
          new DiskMapper(),
          new FilesystemMapper(),
          new InterfaceMapper(),
          new BalloonMapper(),
          new ChannelsMapper(),
          new SerialConsoleMapper(),
          new VideoMapper(),
          new InputsMapper(),
          new UsbRedirectionMapper(),
          new SoundMapper(),
          new TpmMapper(),
          new WatchdogMapper(),
          new RngMapper(),
          new VsockMapper(),
          new PanicDevicesMapper(),
          new UnsupportedFieldsMapper());

  private DeviceMappers() {}
}
