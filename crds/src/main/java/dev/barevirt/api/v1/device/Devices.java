package dev.barevirt.api.v1.device;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that is plugged into the board. */
public record Devices(
    @Doc("Whether virtio devices speak the old dialect too.")
        @Nullable Boolean useVirtioTransitional,
    @Doc("Whether nothing can be plugged in while it runs.") @Nullable Boolean disableHotplug,
    @Doc("Disks, LUNs and CD-ROMs.") List<Disk> disks,
    @Doc("A timer that acts when the guest stops feeding it.") @Nullable Watchdog watchdog,
    @Doc("Network interfaces.") List<Interface> interfaces,
    @Doc("Pointing devices.") List<Input> inputs,
    @Doc("Whether it gets an interface to the pod's network when it names none; true when absent.")
        @Nullable Boolean autoattachPodInterface,
    @Doc("Whether it has a display; true when absent.") @Nullable Boolean autoattachGraphicsDevice,
    @Doc("Whether it has a serial console; true when absent.")
        @Nullable Boolean autoattachSerialConsole,
    @Doc("Whether what the serial console says is kept.") @Nullable Boolean logSerialConsole,
    @Doc("Whether it can give memory back; true when absent.")
        @Nullable Boolean autoattachMemBalloon,
    @Doc("Whether it gets a tablet when it names no input.")
        @Nullable Boolean autoattachInputDevice,
    @Doc("Whether it can talk to its host over vsock.") @Nullable Boolean autoattachVSOCK,
    @Doc("A source of random numbers.") @Nullable Rng rng,
    @Doc("Whether disks have a queue for each processor.") @Nullable Boolean blockMultiQueue,
    @Doc("Whether interfaces have a queue for each processor.")
        @Nullable Boolean networkInterfaceMultiqueue,
    @Doc("Graphics processors of the host.") List<Gpu> gpus,
    @Doc("Figures of the host, read through a serial port.")
        @Nullable DownwardMetrics downwardMetrics,
    @Doc("Devices through which the guest tells that it crashed.") List<PanicDevice> panicDevices,
    @Doc("Directories shared with the guest.") List<Filesystem> filesystems,
    @Doc("Other devices of the host.") List<HostDevice> hostDevices,
    @Doc("USB ports that a client can plug its devices into.")
        @Nullable ClientPassthrough clientPassthrough,
    @Doc("A sound card.") @Nullable Sound sound,
    @Doc("A trusted platform module.") @Nullable Tpm tpm,
    @Doc("The display adapter.") @Nullable Video video) {
  /** Nothing said. */
  public static final Devices EMPTY =
      new Devices(
          null, null, List.of(), null, List.of(), List.of(), null, null, null, null, null, null,
          null, null, null, null, List.of(), null, List.of(), List.of(), List.of(), null, null,
          null, null);

  public Devices {
    disks = Frozen.list(disks);
    interfaces = Frozen.list(interfaces);
    inputs = Frozen.list(inputs);
    gpus = Frozen.list(gpus);
    panicDevices = Frozen.list(panicDevices);
    filesystems = Frozen.list(filesystems);
    hostDevices = Frozen.list(hostDevices);
  }

  /** The same with another {@code disks}. */
  public Devices withDisks(List<Disk> disks) {
    return new Devices(
        useVirtioTransitional,
        disableHotplug,
        disks,
        watchdog,
        interfaces,
        inputs,
        autoattachPodInterface,
        autoattachGraphicsDevice,
        autoattachSerialConsole,
        logSerialConsole,
        autoattachMemBalloon,
        autoattachInputDevice,
        autoattachVSOCK,
        rng,
        blockMultiQueue,
        networkInterfaceMultiqueue,
        gpus,
        downwardMetrics,
        panicDevices,
        filesystems,
        hostDevices,
        clientPassthrough,
        sound,
        tpm,
        video);
  }

  /** The same with another {@code interfaces}. */
  public Devices withInterfaces(List<Interface> interfaces) {
    return new Devices(
        useVirtioTransitional,
        disableHotplug,
        disks,
        watchdog,
        interfaces,
        inputs,
        autoattachPodInterface,
        autoattachGraphicsDevice,
        autoattachSerialConsole,
        logSerialConsole,
        autoattachMemBalloon,
        autoattachInputDevice,
        autoattachVSOCK,
        rng,
        blockMultiQueue,
        networkInterfaceMultiqueue,
        gpus,
        downwardMetrics,
        panicDevices,
        filesystems,
        hostDevices,
        clientPassthrough,
        sound,
        tpm,
        video);
  }

  /** The same with another {@code inputs}. */
  public Devices withInputs(List<Input> inputs) {
    return new Devices(
        useVirtioTransitional,
        disableHotplug,
        disks,
        watchdog,
        interfaces,
        inputs,
        autoattachPodInterface,
        autoattachGraphicsDevice,
        autoattachSerialConsole,
        logSerialConsole,
        autoattachMemBalloon,
        autoattachInputDevice,
        autoattachVSOCK,
        rng,
        blockMultiQueue,
        networkInterfaceMultiqueue,
        gpus,
        downwardMetrics,
        panicDevices,
        filesystems,
        hostDevices,
        clientPassthrough,
        sound,
        tpm,
        video);
  }

  /** The same with another {@code autoattachPodInterface}. */
  public Devices withAutoattachPodInterface(@Nullable Boolean autoattachPodInterface) {
    return new Devices(
        useVirtioTransitional,
        disableHotplug,
        disks,
        watchdog,
        interfaces,
        inputs,
        autoattachPodInterface,
        autoattachGraphicsDevice,
        autoattachSerialConsole,
        logSerialConsole,
        autoattachMemBalloon,
        autoattachInputDevice,
        autoattachVSOCK,
        rng,
        blockMultiQueue,
        networkInterfaceMultiqueue,
        gpus,
        downwardMetrics,
        panicDevices,
        filesystems,
        hostDevices,
        clientPassthrough,
        sound,
        tpm,
        video);
  }

  /** The same with another {@code watchdog}. */
  public Devices withWatchdog(@Nullable Watchdog watchdog) {
    return new Devices(
        useVirtioTransitional,
        disableHotplug,
        disks,
        watchdog,
        interfaces,
        inputs,
        autoattachPodInterface,
        autoattachGraphicsDevice,
        autoattachSerialConsole,
        logSerialConsole,
        autoattachMemBalloon,
        autoattachInputDevice,
        autoattachVSOCK,
        rng,
        blockMultiQueue,
        networkInterfaceMultiqueue,
        gpus,
        downwardMetrics,
        panicDevices,
        filesystems,
        hostDevices,
        clientPassthrough,
        sound,
        tpm,
        video);
  }
}
