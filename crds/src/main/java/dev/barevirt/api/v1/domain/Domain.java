package dev.barevirt.api.v1.domain;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import dev.barevirt.api.v1.device.Devices;
import org.jspecify.annotations.Nullable;

/** The guest's hardware. */
public record Domain(
    @Doc("What the guest's pod asks the node for.") @Nullable Resources resources,
    @Doc("The guest's processors.") @Nullable Cpu cpu,
    @Doc("The guest's memory.") @Nullable Memory memory,
    @Doc("The board everything sits on.") @Nullable Machine machine,
    @Doc("What runs first, and how the machine identifies itself.") @Nullable Firmware firmware,
    @Doc("The guest's clock and timers.") @Nullable Clock clock,
    @Doc("Switches of the machine.") @Nullable Features features,
    @Doc("Everything that is plugged into the board.") @Required Devices devices,
    @Doc("How disks share threads for their input and output.")
        @Allowed({"shared", "auto", "supplementalPool"})
        @Nullable String ioThreadsPolicy,
    @Doc("The threads themselves.") @Nullable IoThreads ioThreads,
    @Doc("What the guest reads about its case.") @Nullable Chassis chassis,
    @Doc("Protection of the guest's memory from its host.") @Nullable LaunchSecurity launchSecurity,
    @Doc("What a reboot from inside does.") @Allowed({"Reboot", "Terminate"})
        @Nullable String rebootPolicy) {
  /** Nothing said. */
  public static final Domain EMPTY =
      new Domain(
          null, null, null, null, null, null, null, Devices.EMPTY, null, null, null, null, null);

  public Domain {
    devices = Frozen.orElse(devices, Devices.EMPTY);
  }

  /** The same with another {@code resources}. */
  public Domain withResources(@Nullable Resources resources) {
    return new Domain(
        resources,
        cpu,
        memory,
        machine,
        firmware,
        clock,
        features,
        devices,
        ioThreadsPolicy,
        ioThreads,
        chassis,
        launchSecurity,
        rebootPolicy);
  }

  /** The same with another {@code cpu}. */
  public Domain withCpu(@Nullable Cpu cpu) {
    return new Domain(
        resources,
        cpu,
        memory,
        machine,
        firmware,
        clock,
        features,
        devices,
        ioThreadsPolicy,
        ioThreads,
        chassis,
        launchSecurity,
        rebootPolicy);
  }

  /** The same with another {@code memory}. */
  public Domain withMemory(@Nullable Memory memory) {
    return new Domain(
        resources,
        cpu,
        memory,
        machine,
        firmware,
        clock,
        features,
        devices,
        ioThreadsPolicy,
        ioThreads,
        chassis,
        launchSecurity,
        rebootPolicy);
  }

  /** The same with another {@code machine}. */
  public Domain withMachine(@Nullable Machine machine) {
    return new Domain(
        resources,
        cpu,
        memory,
        machine,
        firmware,
        clock,
        features,
        devices,
        ioThreadsPolicy,
        ioThreads,
        chassis,
        launchSecurity,
        rebootPolicy);
  }

  /** The same with another {@code firmware}. */
  public Domain withFirmware(@Nullable Firmware firmware) {
    return new Domain(
        resources,
        cpu,
        memory,
        machine,
        firmware,
        clock,
        features,
        devices,
        ioThreadsPolicy,
        ioThreads,
        chassis,
        launchSecurity,
        rebootPolicy);
  }

  /** The same with another {@code clock}. */
  public Domain withClock(@Nullable Clock clock) {
    return new Domain(
        resources,
        cpu,
        memory,
        machine,
        firmware,
        clock,
        features,
        devices,
        ioThreadsPolicy,
        ioThreads,
        chassis,
        launchSecurity,
        rebootPolicy);
  }

  /** The same with another {@code features}. */
  public Domain withFeatures(@Nullable Features features) {
    return new Domain(
        resources,
        cpu,
        memory,
        machine,
        firmware,
        clock,
        features,
        devices,
        ioThreadsPolicy,
        ioThreads,
        chassis,
        launchSecurity,
        rebootPolicy);
  }

  /** The same with another {@code devices}. */
  public Domain withDevices(Devices devices) {
    return new Domain(
        resources,
        cpu,
        memory,
        machine,
        firmware,
        clock,
        features,
        devices,
        ioThreadsPolicy,
        ioThreads,
        chassis,
        launchSecurity,
        rebootPolicy);
  }
}
