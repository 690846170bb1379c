package dev.barevirt.launcher.machine.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.HostFacts;
import dev.barevirt.launcher.machine.Hosts;
import dev.barevirt.launcher.machine.Inputs;
import dev.barevirt.launcher.machine.MachineBuilder;
import dev.barevirt.launcher.machine.MachineOutcome;
import dev.barevirt.launcher.machine.Vmis;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One device each: absent, ordinary, refused. */
class DeviceMappersTest {
  private static final String MICROVM = "machine: {type: microvm}\ndevices:\n  ";

  @Test
  void balloon() {
    DeviceMapper mapper = new BalloonMapper();

    assertThat(Mapped.by(mapper, Vmis.devices("autoattachMemBalloon: false"))).isEmpty();
    assertThat(Mapped.by(mapper, Vmis.devices("{}")))
        .containsExactly(
            "virtio-balloon-pci-non-transitional balloon0 Pci {free-page-reporting=true}");
  }

  @Test
  void channels() {
    DeviceMapper mapper = new ChannelsMapper();

    assertThat(Mapped.by(mapper, Vmis.devices("{}")))
        .containsExactly(
            "-chardev socket,id=agent,path=/run/guest/agent.sock,server=on,wait=off",
            "virtio-serial-pci-non-transitional virtio-serial0 Pci {}",
            "virtserialport channel-agent Bus {nr=1, chardev=agent, name=org.qemu.guest_agent.0}");
    assertThat(Mapped.by(mapper, Vmis.devices("downwardMetrics: {}")))
        .contains(
            "virtserialport channel-metrics Bus {nr=2, chardev=metrics,"
                + " name=org.github.vhostmd.1}");
  }

  @Test
  void serialConsole() {
    DeviceMapper mapper = new SerialConsoleMapper();

    assertThat(Mapped.by(mapper, Vmis.devices("autoattachSerialConsole: false"))).isEmpty();
    assertThat(Mapped.by(mapper, Vmis.devices("{}")))
        .containsExactly(
            "-chardev socket,id=serial0,path=/run/guest/serial.sock,server=on,wait=off",
            "isa-serial serial-port0 Anywhere {chardev=serial0, index=0}");
  }

  @Test
  void video() {
    DeviceMapper mapper = new VideoMapper();

    assertThat(Mapped.by(mapper, Vmis.devices("autoattachGraphicsDevice: false"))).isEmpty();
    assertThat(Mapped.by(mapper, Vmis.devices("{}")))
        .containsExactly(
            "-vnc {vnc=unix:/run/guest/vnc.sock}", "VGA video0 RootBus {vgamem_mb=16}");
    assertThat(Mapped.by(mapper, Vmis.domain("firmware: {bootloader: {efi: {}}}")))
        .contains("bochs-display video0 RootBus {vgamem=16777216}");
    assertThat(Mapped.by(mapper, Vmis.domain("machine: {type: microvm}"))).isEmpty();
    assertThat(Mapped.by(mapper, Vmis.domain(MICROVM + "autoattachGraphicsDevice: true")))
        .containsExactly(
            "refused spec.domain.devices.autoattachGraphicsDevice: a microvm has no display");
    assertThat(
            Mapped.by(mapper, Vmis.devices("autoattachGraphicsDevice: false\nvideo: {type: vga}")))
        .singleElement()
        .asString()
        .startsWith("refused spec.domain.devices.video");
  }

  @Test
  void inputs() {
    DeviceMapper mapper = new InputsMapper();

    assertThat(Mapped.by(mapper, Vmis.devices("{}"))).isEmpty();
    assertThat(Mapped.by(mapper, Vmis.devices("autoattachInputDevice: true")))
        .containsExactly("qemu-xhci usb Pci {p2=15, p3=15}", "usb-tablet input0 Bus {}");
    assertThat(Mapped.by(mapper, Vmis.devices("inputs: [{name: t, type: tablet, bus: virtio}]")))
        .containsExactly("virtio-tablet-pci input0 Pci {}");
    assertThat(Mapped.by(mapper, Vmis.domain(MICROVM + "inputs: [{name: t, type: tablet}]")))
        .containsExactly("refused spec.domain.devices.inputs[0].bus: a microvm has no USB");
  }

  @Test
  void usbRedirection() {
    DeviceMapper mapper = new UsbRedirectionMapper();

    assertThat(Mapped.by(mapper, Vmis.devices("{}"))).isEmpty();
    assertThat(Mapped.by(mapper, Vmis.devices("clientPassthrough: {}")))
        .hasSize(9)
        .contains("usb-redir usb-redir3 Bus {chardev=usbredir3}");
    assertThat(Mapped.by(mapper, Vmis.domain(MICROVM + "clientPassthrough: {}")))
        .containsExactly("refused spec.domain.devices.clientPassthrough: a microvm has no USB");
  }

  @Test
  void sound() {
    DeviceMapper mapper = new SoundMapper();

    assertThat(Mapped.by(mapper, Vmis.devices("{}"))).isEmpty();
    assertThat(Mapped.by(mapper, Vmis.devices("sound: {name: s}")))
        .containsExactly(
            "-audiodev {\"driver\":\"none\",\"id\":\"audio0\"}",
            "ich9-intel-hda sound0 RootBus {}",
            "hda-duplex sound0-codec Bus {audiodev=audio0}");
    assertThat(Mapped.by(mapper, Vmis.devices("sound: {name: s, model: ac97}")))
        .contains("AC97 sound0 RootBus {audiodev=audio0}");
    assertThat(Mapped.by(mapper, Vmis.domain(MICROVM + "sound: {name: s}")))
        .containsExactly("refused spec.domain.devices.sound: a microvm has no sound card");
  }

  @Test
  void tpm() {
    DeviceMapper mapper = new TpmMapper();

    assertThat(Mapped.by(mapper, Vmis.devices("{}"))).isEmpty();
    assertThat(Mapped.by(mapper, Vmis.devices("tpm: {enabled: false}"))).isEmpty();
    assertThat(Mapped.by(mapper, Vmis.devices("tpm: {}")))
        .containsExactly(
            "-chardev socket,id=tpm,path=/run/guest/swtpm.sock",
            "-tpmdev emulator,id=tpm0,chardev=tpm",
            "tpm-tis tpm-device0 Anywhere {tpmdev=tpm0}",
            "/usr/bin/swtpm socket --tpm2 --tpmstate dir=/run/guest/tpm,mode=0600 --ctrl"
                + " type=unixio,path=/run/guest/swtpm.sock,mode=0600 --terminate");
    assertThat(Mapped.by(mapper, Vmis.devices("tpm: {persistent: true}")))
        .anyMatch(line -> line.contains("dir=/var/guest/tpm"))
        .anyMatch(line -> line.startsWith("tpm-crb "));
    assertThat(Mapped.by(mapper, Vmis.devices("tpm: {}"), Hosts.bare()))
        .containsExactly(
            "refused spec.domain.devices.tpm: a TPM needs the program swtpm, which this host does"
                + " not have");
  }

  @Test
  void watchdog() {
    DeviceMapper mapper = new WatchdogMapper();

    assertThat(Mapped.by(mapper, Vmis.devices("{}"))).isEmpty();
    assertThat(Mapped.by(mapper, Vmis.devices("watchdog: {name: w, i6300esb: {}}")))
        .containsExactly("-action watchdog=reset", "i6300esb watchdog0 RootBus {}");
    assertThat(Mapped.by(mapper, Vmis.devices("watchdog: {name: w, diag288: {}}")))
        .containsExactly(
            "refused spec.domain.devices.watchdog.diag288: diag288 is a device of s390x");
    assertThat(Mapped.by(mapper, Vmis.domain(MICROVM + "watchdog: {name: w, i6300esb: {}}")))
        .containsExactly("refused spec.domain.devices.watchdog: a microvm has no watchdog");
  }

  @Test
  void randomness() {
    DeviceMapper mapper = new RngMapper();

    assertThat(Mapped.by(mapper, Vmis.devices("{}"))).isEmpty();
    assertThat(Mapped.by(mapper, Vmis.domain(MICROVM + "rng: {}")))
        .containsExactly(
            "-object {\"qom-type\":\"rng-builtin\",\"id\":\"rng-source0\"}",
            "virtio-rng-device rng0 Pci {rng=rng-source0}");
  }

  @Test
  void vsock() {
    DeviceMapper mapper = new VsockMapper();

    assertThat(Mapped.by(mapper, Vmis.devices("{}"))).isEmpty();
    assertThat(Mapped.by(mapper, Vmis.devices("autoattachVSOCK: true")))
        .containsExactly(
            "refused spec.domain.devices.autoattachVSOCK: this host has no /dev/vhost-vsock");
    assertThat(Mapped.by(mapper, Vmis.devices("autoattachVSOCK: true"), Hosts.virtualising()))
        .singleElement()
        .asString()
        .matches("vhost-vsock-pci-non-transitional vsock0 Pci \\{guest-cid=[0-9]+}");
  }

  @Test
  void panicDevices() {
    DeviceMapper mapper = new PanicDevicesMapper();

    assertThat(Mapped.by(mapper, Vmis.devices("{}"))).isEmpty();
    assertThat(
            Mapped.by(
                mapper,
                Vmis.devices(
                    "panicDevices: [{}, {model: pvpanic}, {model: hyperv}, {model: isa}]")))
        .containsExactly(
            "-cpu hv-crash=on",
            "pvpanic panic-isa Anywhere {}",
            "pvpanic-pci panic-pci RootBus {}",
            "refused spec.domain.devices.panicDevices[3].model: there is already a panic device"
                + " isa");
  }

  @Test
  void volumesOfOneName() {
    assertThat(
            Mapped.by(
                new VolumesMapper(),
                Vmis.spec(
                    """
                    domain: {devices: {}}
                    volumes:
                    - {name: a, emptyDisk: {capacity: 1Gi}}
                    - {name: a, emptyDisk: {capacity: 1Gi}}
                    """)))
        .containsExactly("refused spec.volumes[1].name: there is already a volume a");
  }

  @Test
  void whatIsNotBuiltIsRefusedByName() {
    assertThat(
            Mapped.by(
                new UnsupportedFieldsMapper(),
                Vmis.domain(
                    """
                    cpu: {dedicatedCpuPlacement: true, isolateEmulatorThread: false, realtime: {}}
                    launchSecurity: {sev: {}}
                    devices:
                      gpus: [{name: g, deviceName: vendor/gpu}]
                    """)))
        .containsExactly(
            "refused spec.domain.cpu.dedicatedCpuPlacement: is not supported by this version",
            "refused spec.domain.cpu.realtime: is not supported by this version",
            "refused spec.domain.devices.gpus[0].name: is not supported by this version",
            "refused spec.domain.devices.gpus[0].deviceName: is not supported by this version",
            "refused spec.domain.launchSecurity.sev: is not supported by this version");
  }

  @Test
  void namesAreData() {
    var vmi = Vmis.domain("");
    var odd = vmi.withMetadata(vmi.metadata().withName("a,b \"c\" ../d"));
    var impossible = vmi.withMetadata(vmi.metadata().withName("a\nb"));

    assertThat(Mapped.by(new BaseMapper(), odd)).contains("-name guest=default_a,b \"c\" ../d");
    assertThat(Mapped.by(new BaseMapper(), impossible))
        .singleElement()
        .asString()
        .startsWith("refused metadata.name: ");
  }

  @Test
  void annotationsOfTheMachine() {
    var vmi = Vmis.domain("");
    var hole = annotated(vmi, "kubevirt.io/disablePCIHole64");
    var root = annotated(vmi, "kubevirt.io/placePCIDevicesOnRootComplex");

    assertThat(Mapped.by(new MachineTypeMapper(), hole))
        .contains("-global {driver=q35-pcihost, property=pci-hole64-size, value=0}");
    assertThat(Mapped.by(new MachineTypeMapper(), root))
        .anyMatch(line -> line.startsWith("refused metadata.annotations.kubevirt.io/place"));
  }

  private static VirtualMachineInstance annotated(VirtualMachineInstance vmi, String annotation) {
    return vmi.withMetadata(vmi.metadata().withAnnotations(Map.of(annotation, "true")));
  }

  @Test
  void aDeviceThatQemuWasBuiltWithoutIsRefused() {
    HostFacts host = Hosts.emulating();
    HostFacts without =
        new HostFacts(
            host.qemu(),
            host.version(),
            host.accelerator(),
            host.machines(),
            Set.of("VGA", "isa-serial", "virtio-serial-pci-non-transitional", "virtserialport"),
            host.cpuModels(),
            host.features(),
            host.firmware(),
            host.sidecars(),
            host.hugepages());

    assertThat(new MachineBuilder(DeviceMappers.ALL).build(Inputs.of(Vmis.domain(""), without)))
        .isInstanceOfSatisfying(
            MachineOutcome.Refused.class,
            refused ->
                assertThat(refused.violations())
                    .singleElement()
                    .satisfies(
                        v ->
                            assertThat(v.message())
                                .isEqualTo(
                                    "QEMU 7.2.22 has no device"
                                        + " virtio-balloon-pci-non-transitional, needed for"
                                        + " balloon0")));
  }

  @Test
  void allRefusalsComeAtOnce() {
    var vmi = Vmis.domain("machine: {type: virt}\ncpu: {model: none, realtime: {}}");

    assertThat(new MachineBuilder(DeviceMappers.ALL).build(Inputs.of(vmi)))
        .isInstanceOfSatisfying(
            MachineOutcome.Refused.class,
            refused ->
                assertThat(refused.violations())
                    .extracting(v -> v.path())
                    .containsExactlyInAnyOrder(
                        "spec.domain.machine.type",
                        "spec.domain.cpu.model",
                        "spec.domain.cpu.realtime"));
  }
}
