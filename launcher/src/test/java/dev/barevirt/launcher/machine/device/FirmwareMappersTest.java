package dev.barevirt.launcher.machine.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.GivenKernel;
import dev.barevirt.launcher.machine.Hosts;
import dev.barevirt.launcher.machine.Inputs;
import dev.barevirt.launcher.machine.PreparedVolume;
import dev.barevirt.launcher.machine.Vmis;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Firmware, kernel, identity, clock and features. */
class FirmwareMappersTest {
  @Nested
  class Boot {
    private final FirmwareMapper mapper = new FirmwareMapper();

    @Test
    void biosIsQemusOwn() {
      assertThat(Mapped.by(mapper, Vmis.domain(""))).isEmpty();
      assertThat(Mapped.by(mapper, Vmis.domain("firmware: {bootloader: {bios: {}}}"))).isEmpty();
    }

    @Test
    void biosOnTheSerialConsole() {
      assertThat(
              Mapped.by(mapper, Vmis.domain("firmware: {bootloader: {bios: {useSerial: true}}}")))
          .containsExactly("-machine graphics=off");
    }

    @Test
    void secureBootIsTheDefaultOfEfi() {
      assertThat(Mapped.by(mapper, Vmis.domain("firmware: {bootloader: {efi: {}}}")))
          .contains(
              "-machine smm=on",
              "-machine pflash0=pflash0",
              "-global {driver=cfi.pflash01, property=secure, value=on}",
              "copy /usr/share/OVMF/OVMF_VARS_4M.ms.fd /var/guest/efi-vars.fd false");
    }

    @Test
    void efiWithoutSecureBootOnConventionalPci() {
      assertThat(
              Mapped.by(
                  mapper,
                  Vmis.domain(
                      """
                      machine: {type: pc}
                      firmware: {bootloader: {efi: {secureBoot: false, persistent: true}}}
                      """)))
          .contains("copy /usr/share/OVMF/OVMF_VARS_4M.fd /var/guest/efi-vars.fd true")
          .noneMatch(line -> line.contains("smm"));
    }

    @Test
    void efiThatTheHostLacksIsRefused() {
      assertThat(Mapped.by(mapper, Vmis.domain("firmware: {bootloader: {efi: {}}}"), Hosts.bare()))
          .containsExactly(
              "refused spec.domain.firmware.bootloader.efi: this host has no UEFI image with secure"
                  + " boot for machine type q35");
    }

    @Test
    void secureBootWithoutSmmIsRefused() {
      assertThat(
              Mapped.by(
                  mapper,
                  Vmis.domain(
                      """
                      features: {smm: {enabled: false}}
                      firmware: {bootloader: {efi: {}}}
                      """)))
          .singleElement()
          .asString()
          .startsWith("refused spec.domain.firmware.bootloader.efi.secureBoot");
    }

    @Test
    void bothAreRefused() {
      assertThat(Mapped.by(mapper, Vmis.domain("firmware: {bootloader: {efi: {}, bios: {}}}")))
          .containsExactly(
              "refused spec.domain.firmware.bootloader: a guest has either BIOS or EFI");
    }
  }

  @Nested
  class Kernel {
    private final KernelBootMapper mapper = new KernelBootMapper();

    @Test
    void isTheOneThatWasFound() {
      var in =
          Inputs.of(
              Vmis.domain(
                  "firmware: {kernelBoot: {kernelArgs: 'a=b,c \"d\"', container: {image: i}}}"));

      assertThat(Mapped.by(mapper, Inputs.withKernel(in, new GivenKernel("/k", "/i"))))
          .containsExactly("-kernel  /k", "-initrd  /i", "-append a=b,c \"d\"");
    }

    @Test
    void isRefusedWhenThereIsNone() {
      assertThat(Mapped.by(mapper, Vmis.domain("firmware: {kernelBoot: {container: {image: i}}}")))
          .containsExactly(
              "refused spec.domain.firmware.kernelBoot: no kernel was found for this guest");
      assertThat(Mapped.by(mapper, Vmis.domain(""))).isEmpty();
    }

    @Test
    void takesNoNewlines() {
      var in =
          Inputs.of(
              Vmis.domain(
                  "firmware: {kernelBoot: {kernelArgs: \"a\\nb\", container: {image: i}}}"));

      assertThat(Mapped.by(mapper, Inputs.withKernel(in, new GivenKernel("/k", null))))
          .contains(
              "refused spec.domain.firmware.kernelBoot.kernelArgs: newlines and control characters"
                  + " are not possible here");
    }
  }

  @Nested
  class Identity {
    private final SmbiosMapper mapper = new SmbiosMapper();

    @Test
    void isMadeOfTheNameWhenNobodySays() {
      assertThat(Mapped.by(mapper, Vmis.domain("")))
          .isEqualTo(Mapped.by(mapper, Vmis.domain("")))
          .hasSize(2)
          .anyMatch(line -> line.startsWith("-uuid "));
    }

    @Test
    void keepsCommasAsData() {
      assertThat(Mapped.by(mapper, Vmis.domain("chassis: {manufacturer: 'a,b', sku: s}")))
          .contains("-smbios {type=3, manufacturer=a,b, sku=s}");
    }

    @Test
    void refusesWhatCannotBe() {
      assertThat(Mapped.by(mapper, Vmis.domain("firmware: {uuid: nonsense}")))
          .containsExactly("refused spec.domain.firmware.uuid: not a UUID");
      assertThat(Mapped.by(mapper, Vmis.domain("firmware: {serial: \"a\\nb\"}")))
          .anyMatch(line -> line.startsWith("refused spec.domain.firmware.serial"));
      assertThat(Mapped.by(mapper, Vmis.domain("machine: {type: microvm}\nchassis: {serial: s}")))
          .contains("refused spec.domain.chassis.serial: a microvm has no SMBIOS tables");
    }
  }

  @Nested
  class Time {
    @Test
    void isUtcWhenNobodySays() {
      assertThat(Mapped.by(new ClockMapper(), Vmis.domain(""))).containsExactly("-rtc base=utc");
    }

    @Test
    void offsetsAndZonesAreDates() {
      assertThat(Mapped.by(new ClockMapper(), Vmis.domain("clock: {utc: {offsetSeconds: 60}}")))
          .containsExactly("-rtc base=2026-01-02T03:05:05");
      assertThat(Mapped.by(new ClockMapper(), Vmis.domain("clock: {timezone: Asia/Tokyo}")))
          .containsExactly("-rtc base=2026-01-02T12:04:05");
    }

    @Test
    void inNoZoneIsRefused() {
      assertThat(Mapped.by(new ClockMapper(), Vmis.domain("clock: {timezone: Mars/Olympus}")))
          .containsExactly(
              "refused spec.domain.clock.timezone: there is no time zone Mars/Olympus");
    }

    @Test
    void timers() {
      assertThat(Mapped.by(new TimersMapper(), Vmis.domain("")))
          .containsExactly("-machine hpet=off");
      assertThat(
              Mapped.by(
                  new TimersMapper(),
                  Vmis.domain(
                      """
                      clock:
                        timer:
                          hpet: {tickPolicy: merge}
                          pit: {tickPolicy: discard}
                          rtc: {present: false}
                          kvm: {present: false}
                      """)))
          .containsExactly(
              "-machine hpet=on",
              "-cpu kvmclock=off",
              "refused spec.domain.clock.timer.hpet.tickPolicy: QEMU's HPET only delays missed"
                  + " ticks, it does not merge",
              "refused spec.domain.clock.timer.pit.tickPolicy: without KVM the PIT only delays"
                  + " missed ticks",
              "refused spec.domain.clock.timer.rtc.present: this machine always has an RTC");
    }
  }

  @Nested
  class Enlightenments {
    private final HypervMapper mapper = new HypervMapper();

    @Test
    void bringWhatTheyRestOn() {
      assertThat(
              Mapped.by(
                  mapper,
                  Vmis.domain("features: {hyperv: {synictimer: {direct: {}}, ipi: {}}}"),
                  Hosts.virtualising()))
          .containsExactly(
              "-cpu hv-vpindex=on",
              "-cpu hv-synic=on",
              "-cpu hv-time=on",
              "-cpu hv-stimer=on",
              "-cpu hv-stimer-direct=on",
              "-cpu hv-ipi=on");
    }

    @Test
    void thatOnlyKvmHasAreNotOfferedWithoutIt() {
      assertThat(Mapped.by(mapper, Vmis.domain("features: {hyperv: {vpindex: {}, relaxed: {}}}")))
          .containsExactly("-cpu hv-relaxed=on");
    }

    @Test
    void areOffWhenSaidSo() {
      assertThat(Mapped.by(mapper, Vmis.domain("features: {hyperv: {relaxed: {enabled: false}}}")))
          .isEmpty();
    }

    @Test
    void haveBounds() {
      assertThat(
              Mapped.by(
                  mapper,
                  Vmis.domain(
                      """
                      features:
                        hyperv:
                          spinlocks: {spinlocks: 12}
                          vendorid: {vendorid: "a,b"}
                      """)))
          .containsExactly(
              "refused spec.domain.features.hyperv.spinlocks.spinlocks: must be between 4095 and"
                  + " 4294967295",
              "refused spec.domain.features.hyperv.vendorid.vendorid: must be 1 to 12 ASCII"
                  + " characters without a comma");
    }
  }

  @Test
  void features() {
    assertThat(
            Mapped.by(
                new FeaturesMapper(),
                Vmis.domain(
                    """
                    features:
                      acpi: {enabled: false}
                      apic: {endOfInterrupt: true}
                      kvm: {hidden: true}
                      pvspinlock: {}
                      smm: {}
                    """)))
        .containsExactly(
            "-machine acpi=off",
            "-cpu kvm-pv-eoi=on",
            "-machine smm=on",
            "-cpu kvm=off",
            "-cpu kvm-pv-unhalt=on");
    assertThat(
            Mapped.by(
                new FeaturesMapper(), Vmis.domain("machine: {type: microvm}\nfeatures: {smm: {}}")))
        .containsExactly(
            "refused spec.domain.features.smm: a microvm has no system management mode");
  }

  @Test
  void licenceTables() {
    var in = Inputs.of(Vmis.domain("firmware: {acpi: {slicNameRef: licence}}"));

    assertThat(
            Mapped.by(
                new AcpiTablesMapper(),
                Inputs.withVolumes(
                    in, Map.of("licence", new PreparedVolume.Directory("licence", "/v")))))
        .containsExactly("-acpitable file /v/slic.bin");
    assertThat(Mapped.by(new AcpiTablesMapper(), in))
        .containsExactly(
            "refused spec.domain.firmware.acpi.slicNameRef: there is no secret or config map volume"
                + " named licence");
  }

  @Test
  void actions() {
    assertThat(Mapped.by(new ActionsMapper(), Vmis.domain("")))
        .containsExactly(
            "-action reboot=reset",
            "-action shutdown=poweroff",
            "-action panic=shutdown",
            "-boot strict=on");
    assertThat(Mapped.by(new ActionsMapper(), Vmis.domain("rebootPolicy: Terminate")))
        .contains("-action reboot=shutdown");
    assertThat(
            Mapped.by(
                new ActionsMapper(),
                Vmis.spec("startStrategy: Paused\ndomain: {devices: {}, memory: {guest: 1Gi}}")))
        .contains("-boot menu=on", "-boot splash-time=10000");
  }
}
