package dev.barevirt.launcher.machine.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.GuestOptions;
import dev.barevirt.launcher.machine.Hosts;
import dev.barevirt.launcher.machine.Inputs;
import dev.barevirt.launcher.machine.Vmis;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Machine type, processors and memory. */
class ComputeMappersTest {
  @Nested
  class MachineType {
    private final MachineTypeMapper mapper = new MachineTypeMapper();

    @Test
    void isQ35ByItsVersionedNameWhenNobodySays() {
      assertThat(Mapped.by(mapper, Vmis.domain("")))
          .contains("-machine type=pc-q35-7.2", "-accel =tcg", "-accel tb-size=21");
    }

    @Test
    void isResolvedFromItsAlias() {
      assertThat(Mapped.by(mapper, Vmis.domain("machine: {type: pc}")))
          .contains("-machine type=pc-i440fx-7.2");
      assertThat(Mapped.by(mapper, Vmis.domain("machine: {type: q35}"), Hosts.virtualising()))
          .contains("-machine type=pc-q35-10.0", "-accel =kvm");
    }

    @Test
    void staysTheOneThatWasStored() {
      var stored = GuestOptions.DEFAULT.withMachineType("pc-q35-7.1");

      assertThat(
              Mapped.by(
                  mapper,
                  Inputs.withOptions(Inputs.of(Vmis.domain("machine: {type: q35}")), stored)))
          .contains("-machine type=pc-q35-7.1");
    }

    @Test
    void isRefusedWhenQemuHasNone() {
      assertThat(Mapped.by(mapper, Vmis.domain("machine: {type: virt}")))
          .containsExactly(
              "refused spec.domain.machine.type: machine type virt is not supported by QEMU 7.2.22;"
                  + " it has q35, pc-q35-7.1, pc, microvm");
      assertThat(Mapped.by(mapper, Vmis.domain("machine: {type: none}")))
          .singleElement()
          .asString()
          .startsWith("refused spec.domain.machine.type");
    }

    @Test
    void ofAnotherArchitectureIsRefused() {
      assertThat(Mapped.by(mapper, Vmis.spec("architecture: arm64\ndomain: {devices: {}}")))
          .containsExactly("refused spec.architecture: unsupported architecture: arm64");
    }

    @Test
    void withoutKvmAndWithoutLeaveToEmulateThereIsNone() {
      var strict =
          new GuestOptions(false, null, false, false, null, null, null, null, false, false);

      assertThat(Mapped.by(mapper, Inputs.withOptions(Inputs.of(Vmis.domain("")), strict)))
          .anyMatch(line -> line.startsWith("refused spec: this host cannot run guests with KVM"));
    }
  }

  @Nested
  class Processors {
    private final CpuMapper mapper = new CpuMapper();

    @Test
    void oneWhenNobodySays() {
      assertThat(Mapped.by(mapper, Vmis.domain("")))
          .containsExactly(
              "-smp cpus=1",
              "-smp maxcpus=1",
              "-smp sockets=1",
              "-smp cores=1",
              "-smp threads=1",
              "-cpu =max");
    }

    @Test
    void asManySocketsAsTheRequestHasBegunCpus() {
      assertThat(Mapped.by(mapper, Vmis.domain("resources: {requests: {cpu: 1100m}}")))
          .contains("-smp cpus=2", "-smp sockets=2");
    }

    @Test
    void theProductOfTheTopologyIsTheMost() {
      assertThat(
              Mapped.by(
                  mapper, Vmis.domain("cpu: {sockets: 1, cores: 3, threads: 2, maxSockets: 4}")))
          .contains("-smp cpus=6", "-smp maxcpus=24", "-smp sockets=4");
    }

    @Test
    void moreThanTheMachineHasAreRefused() {
      assertThat(Mapped.by(mapper, Vmis.domain("cpu: {cores: 300}")))
          .contains(
              "refused spec.domain.cpu: 300 CPUs asked for, machine type q35 has at most 288");
    }

    @Test
    void ofTheHostNeedKvm() {
      assertThat(
              Mapped.by(
                  mapper, Vmis.domain("cpu: {model: host-passthrough}"), Hosts.virtualising()))
          .contains("-cpu =host");
      assertThat(Mapped.by(mapper, Vmis.domain("cpu: {model: host-passthrough}")))
          .anyMatch(line -> line.startsWith("refused spec.domain.cpu.model: host-passthrough"));
    }

    @Test
    void ofAModelAreTheVersionedOne() {
      assertThat(Mapped.by(mapper, Vmis.domain("cpu: {model: qemu64}")))
          .contains("-cpu =qemu64-v1");
      assertThat(Mapped.by(mapper, Vmis.domain("cpu: {model: 'a,b'}")))
          .contains("refused spec.domain.cpu.model: CPU model a,b is not known to QEMU 7.2.22");
    }

    @Test
    void ofAModelThatTheHostLacksAreRefusedUnderKvm() {
      assertThat(
              Mapped.by(mapper, Vmis.domain("cpu: {model: Skylake-Server}"), Hosts.virtualising()))
          .contains(
              "refused spec.domain.cpu.model: this host's CPU lacks what model Skylake-Server has:"
                  + " hle, rtm");
    }

    @Test
    void haveFeaturesByPolicy() {
      assertThat(
              Mapped.by(
                  mapper,
                  Vmis.domain(
                      """
                      cpu:
                        features:
                        - {name: avx2}
                        - {name: vmx, policy: forbid}
                        - {name: 'x,y=on'}
                      """)))
          .contains(
              "-cpu avx2=on",
              "-cpu vmx=off",
              "refused spec.domain.cpu.features[2].name: not the name of a CPU feature");
    }
  }

  @Nested
  class Memory {
    private final MemoryMapper mapper = new MemoryMapper();

    @Test
    void isRoundedUpToWholeMebibytes() {
      assertThat(Mapped.by(mapper, Vmis.domain("memory: {guest: 128M}"), Hosts.virtualising()))
          .contains(
              "-m size=123M",
              "-object {\"qom-type\":\"memory-backend-ram\",\"id\":\"pc.ram\",\"size\":128974848}");
    }

    @Test
    void comesFromTheRequestElseTheLimit() {
      assertThat(
              Mapped.by(
                  mapper, Vmis.spec("domain: {devices: {}, resources: {limits: {memory: 64Mi}}}")))
          .contains("-m size=64M");
    }

    @Test
    void isShared() {
      assertThat(Mapped.by(mapper, Vmis.domain("")))
          .contains(
              "-object {\"qom-type\":\"memory-backend-memfd\",\"id\":\"pc.ram\","
                  + "\"size\":134217728,\"share\":true}");
    }

    @Test
    void mustBeAskedFor() {
      assertThat(Mapped.by(mapper, Vmis.spec("domain: {devices: {}}")))
          .singleElement()
          .asString()
          .startsWith("refused spec.domain.memory.guest: no memory requested");
      assertThat(Mapped.by(mapper, Vmis.domain("memory: {guest: 1Mi}")))
          .singleElement()
          .asString()
          .startsWith("refused spec.domain.memory.guest: a guest needs more");
    }

    @Test
    void inHugePagesNeedsThem() {
      assertThat(
              Mapped.by(
                  mapper,
                  Vmis.domain("memory: {guest: 128Mi, hugepages: {pageSize: 2Mi}}"),
                  Hosts.virtualising()))
          .anyMatch(line -> line.contains("\"hugetlb\":true,\"hugetlbsize\":2097152"));
      assertThat(
              Mapped.by(mapper, Vmis.domain("memory: {guest: 128Mi, hugepages: {pageSize: 2Mi}}")))
          .contains(
              "refused spec.domain.memory.hugepages.pageSize: the guest needs 64 free huge pages of"
                  + " 2Mi, this host has 0");
      assertThat(
              Mapped.by(mapper, Vmis.domain("memory: {guest: 129Mi, hugepages: {pageSize: 2Mi}}")))
          .anyMatch(line -> line.contains("not a multiple of the page size 2Mi"));
      assertThat(
              Mapped.by(mapper, Vmis.domain("memory: {guest: 128Mi, hugepages: {pageSize: big}}")))
          .anyMatch(line -> line.contains("not a page size: 'big'"));
    }

    @Test
    void lockedWhenRequired() {
      assertThat(
              Mapped.by(
                  mapper,
                  Vmis.domain("memory: {guest: 128Mi, reservedOverhead: {memLock: Required}}")))
          .contains("-overcommit mem-lock=on");
    }
  }
}
