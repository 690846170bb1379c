package dev.barevirt.api.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.rules.ClusterSettings.FeatureGate;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.yaml.YamlReader;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VmiRulesTest {
  private static final char BAR = '|';

  @ParameterizedTest
  @CsvSource(
      delimiter = BAR,
      value = {
        "cpu: {cores: 1000}                              | cpu",
        "cpu: {cores: 4294967296, sockets: 4294967296}   | cpu",
        "cpu: {sockets: 3, maxSockets: 2}                | cpu.sockets",
        "cpu: {features: [{policy: force}]}              | cpu.features[0].name",
        "cpu: {realtime: {}}                             | cpu.dedicatedCpuPlacement",
        "cpu: {threads: 3, dedicatedCpuPlacement: true}  | cpu.threads",
        "resources: {requests: {cpu: 2}, limits: {cpu: 1}} | resources.requests.cpu",
        "resources: {requests: {cpu: -1}}                | resources.requests.cpu",
        "resources: {requests: {memory: 2Gi}, limits: {memory: 1Gi}} | resources.requests.memory",
        "resources: {limits: {memory: 1Gi}}, memory: {guest: 2Gi} | memory.guest",
        "memory: {guest: 1k}                             | memory.guest",
        "memory: {guest: -1Gi}                           | memory.guest",
        "memory: {guest: 3Mi, hugepages: {pageSize: 2Mi}} | memory.guest",
        "memory: {guest: 4Mi, hugepages: {pageSize: big}} | memory.hugepages.pageSize",
        "memory: {guest: 4Mi, hugepages: {}}             | memory.hugepages.pageSize",
        "memory: {guest: 2Gi, maxGuest: 1Gi}             | memory.guest",
        "memory: {guest: 2Mi, maxGuest: 3Mi}             | memory.maxGuest",
        "ioThreadsPolicy: supplementalPool | ioThreads.supplementalPoolThreadCount",
        "rebootPolicy: Maybe                             | rebootPolicy",
        "clock: {utc: {}, timezone: Europe/Berlin}       | clock",
        "launchSecurity: {sev: {}, tdx: {}}              | launchSecurity",
        "firmware: {acpi: {slicNameRef: nowhere}}        | firmware.acpi.slicNameRef",
        "firmware: {serial: \"a\\nb\"}                   | firmware.serial",
        "devices: {inputs: [{name: k, type: keyboard}]}  | devices.inputs[0].type",
        "devices: {watchdog: {name: w}}                  | devices.watchdog",
        "devices: {watchdog: {i6300esb: {}}}             | devices.watchdog.name",
        "devices: {watchdog: {name: w, i6300esb: {action: bark}}} |"
            + " devices.watchdog.i6300esb.action",
        "devices: {sound: {model: ich9}}                 | devices.sound.name",
        "devices: {sound: {name: s, model: sb16}}        | devices.sound",
        "devices: {video: {type: hercules}}              | devices.video.type",
        "devices: {video: {type: vga}, autoattachGraphicsDevice: false} | devices.video",
        "devices: {panicDevices: [{model: scream}]}      | devices.panicDevices[0].model",
        "devices: {panicDevices: [{}]}                   | devices.panicDevices[0].model",
        "devices: {gpus: [{name: g}]}                    | devices.gpus[0]",
        "devices: {hostDevices: [{deviceName: d}]}       | devices.hostDevices[0].name",
        "devices: {filesystems: [{name: f}]}             | devices.filesystems[0].virtiofs",
      })
  void findsWhatIsWrongWithTheHardware(String domain, String path) {
    String memory = domain.contains("memory") ? "" : "memory: {guest: 1Gi}, ";

    assertThat(paths("domain: {" + memory + domain + "}")).containsExactly("spec.domain." + path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = BAR,
      value = {
        "disk: {bus: ide}                                | disk.bus",
        "disk: {bus: sata, readonly: true}               | disk.bus",
        "disk: {bus: sata, pciAddress: \"0000:81:00.1\"} | disk.pciAddress",
        "disk: {bus: virtio, pciAddress: \"81:00.1\"}    | disk.pciAddress",
        "cdrom: {tray: ajar}                             | cdrom.tray",
        "lun: {}                                         | lun",
        "serial: \"a,b\"                                 | serial",
        "serial: \"../x\"                                | serial",
        "cache: writearound                              | cache",
        "io: io_uring                                    | io",
        "errorPolicy: panic                              | errorPolicy",
        "dedicatedIOThread: true, disk: {bus: sata}      | dedicatedIOThread",
        "blockSize: {custom: {logical: 1000, physical: 4096}} | blockSize.custom.logical",
        "blockSize: {custom: {logical: 4096, physical: 512}} | blockSize.custom.logical",
        "blockSize: {custom: {logical: 512, physical: 512}, matchVolume: {}} | blockSize",
        "blockSize: {custom: {logical: 512, physical: 512, discardGranularity: 700}} |"
            + " blockSize.custom.discardGranularity",
      })
  void findsWhatIsWrongWithADisk(String disk, String path) {
    String target =
        disk.contains("disk:") || disk.contains("cdrom:") || disk.contains("lun:")
            ? ""
            : "disk: {bus: virtio}, ";

    assertThat(
            paths(
                "domain: {memory: {guest: 1Gi}, devices: {disks: [{name: d, "
                    + target
                    + disk
                    + "}]}}\n  volumes: [{name: d, emptyDisk: {capacity: 1Gi}}]"))
        .containsExactly("spec.domain.devices.disks[0]." + path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = BAR,
      value = {
        "emptyDisk: {capacity: 0}                        | .emptyDisk.capacity",
        "emptyDisk: {}                                   | .emptyDisk.capacity",
        "containerDisk: {}                               | .containerDisk.image",
        "persistentVolumeClaim: {}                       | .persistentVolumeClaim.claimName",
        "dataVolume: {}                                  | .dataVolume.name",
        "ephemeral: {}                                   | .ephemeral.persistentVolumeClaim",
        "secret: {}                                      | .secret.secretName",
        "serviceAccount: {}                              | .serviceAccount.serviceAccountName",
        "sysprep: {}                                     | .sysprep",
        "sysprep: {secret: {}}                           | .sysprep.secret.name",
        "hostDisk: {path: /x, type: Disk, capacity: 1Gi} | .hostDisk.capacity",
        "hostDisk: {path: /x, type: DiskOrCreate}        | .hostDisk.capacity",
        "cloudInitNoCloud: {userData: a, userDataBase64: YQ==} | .cloudInitNoCloud",
        "cloudInitConfigDrive: {networkDataBase64: \"?\"} |"
            + " .cloudInitConfigDrive.networkDataBase64",
      })
  void findsWhatIsWrongWithAVolume(String source, String path) {
    assertThat(
            paths(
                "domain: {memory: {guest: 1Gi}, devices: {disks: [{name: v, disk: {}}]}}\n"
                    + "  volumes: [{name: v, "
                    + source
                    + "}]"))
        .containsExactly("spec.volumes[0]" + path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = BAR,
      value = {
        "bridge: {}, masquerade: {}                      | ",
        "slirp: {}                                       | .slirp",
        "macvtap: {}                                     | .macvtap",
        "passt: {}                                       | .passt",
        "binding: {}                                     | .binding.name",
        "masquerade: {}, model: ne2000                   | .model",
        "masquerade: {}, macAddress: \"02-00\"           | .macAddress",
        "masquerade: {}, macAddress: \"02:00:00:00:00:0g\" | .macAddress",
        "masquerade: {}, pciAddress: x                   | .pciAddress",
        "masquerade: {}, acpiIndex: -1                   | .acpiIndex",
        "masquerade: {}, bootOrder: 0                    | .bootOrder",
        "masquerade: {}, ports: [{port: 65536}]          | .ports[0].port",
        "masquerade: {}, ports: [{port: 1, name: A_B}]   | .ports[0].name",
        "masquerade: {}, portRanges: [{protocol: TCP, start: 9, end: 8}] | .portRanges[0].end",
        "masquerade: {}, dhcpOptions: {ntpServers: [time]} | .dhcpOptions.ntpServers[0]",
      })
  void findsWhatIsWrongWithAnInterface(String card, @Nullable String path) {
    assertThat(
            paths(
                "domain: {memory: {guest: 1Gi}, devices: {interfaces: [{name: net, "
                    + card
                    + "}]}}\n  networks: [{name: net, pod: {}}]"))
        .containsExactly("spec.domain.devices.interfaces[0]" + (path == null ? "" : path));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = BAR,
      value = {
        "hostname: Not_A_Label                           | hostname",
        "subdomain: a.b                                  | subdomain",
        "evictionStrategy: Sometimes                     | evictionStrategy",
        "startStrategy: Later                            | startStrategy",
        "terminationGracePeriodSeconds: -1               | terminationGracePeriodSeconds",
        "dnsPolicy: None                                 | dnsConfig",
        "dnsPolicy: Any                                  | dnsPolicy",
        "dnsConfig: {nameservers: [a, b, c, d]}          | dnsConfig.nameservers",
        "tolerations: [{operator: Maybe}]                | tolerations[0].operator",
        "livenessProbe: {httpGet: {}}                    | livenessProbe.httpGet.port",
        "livenessProbe: {tcpSocket: {port: 0}}           | livenessProbe.tcpSocket.port",
        "readinessProbe: {exec: {}}                      | readinessProbe.exec.command",
        "readinessProbe: {guestAgentPing: {}, exec: {command: [a]}} | readinessProbe",
        "accessCredentials: [{}]                         | accessCredentials[0]",
        "utilityVolumes: [{name: u}]                     | utilityVolumes[0].claimName",
        "networks: [{name: a}], domain: {memory: {guest: 1Gi}, devices: {interfaces: [{name: a}]}}"
            + " | networks[0]",
      })
  void findsWhatIsWrongBesideTheHardware(String spec, String path) {
    String domain =
        spec.contains("domain:") && !spec.contains("subdomain")
            ? ""
            : ", domain: {memory: {guest: 1Gi}}";

    assertThat(VmiRules.check(vmi("{spec: {" + spec + domain + "}}")))
        .extracting(Violation::path)
        .containsExactly("spec." + path);
  }

  @Test
  void namesAreJudgedWhereTheyAre() {
    String tooLong = "x".repeat(300);
    assertThat(
            VmiRules.check(
                vmi(
                    "spec: {domain: {memory: {guest: 1Gi}, devices: {disks: ["
                        + "{name: \"../a\"}, {name: \"a,b=c\"}, {name: "
                        + tooLong
                        + "}]}}}")))
        .allSatisfy(violation -> assertThat(violation.message().length()).isLessThan(400))
        .extracting(Violation::path)
        .contains(
            "spec.domain.devices.disks[0].name",
            "spec.domain.devices.disks[1].name",
            "spec.domain.devices.disks[2].name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = BAR,
      value = {
        "persistentVolumeClaim: {claimName: c}  | .persistentVolumeClaim",
        "dataVolume: {name: c}                  | .dataVolume",
        "configMap: {name: c}                   | .configMap",
        "secret: {secretName: c}                | .secret",
        "serviceAccount: {serviceAccountName: c} | .serviceAccount",
        "downwardAPI: {}                        | .downwardAPI",
        "sysprep: {secret: {name: c}}           | .sysprep",
        "cloudInitNoCloud: {secretRef: {name: c}} | .cloudInitNoCloud",
        "ephemeral: {persistentVolumeClaim: {claimName: c}} | .ephemeral",
      })
  void aMachineWithoutAClusterNeedsAPathForWhatOnlyAClusterHas(String source, String path) {
    VirtualMachineInstance vmi =
        vmi("spec: {domain: {memory: {guest: 1Gi}}, volumes: [{name: v, " + source + "}]}");

    assertThat(VmiRules.checkStandalone(vmi, Set.of()))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.path()).isEqualTo("spec.volumes[0]" + path);
              assertThat(violation.reason()).isEqualTo(Violation.UNSUPPORTED);
            });
    assertThat(VmiRules.checkStandalone(vmi, Set.of("v"))).isEmpty();
  }

  @Test
  void aMachineWithoutAClusterNeedsADirectoryForTheSecretsOfItsCredentials() {
    VirtualMachineInstance vmi =
        vmi(
            """
            spec:
              domain: {memory: {guest: 1Gi}}
              accessCredentials:
              - sshPublicKey:
                  source: {secret: {secretName: keys}}
                  propagationMethod: {qemuGuestAgent: {users: [root]}}
              - userPassword:
                  source: {secret: {secretName: passwords}}
                  propagationMethod: {qemuGuestAgent: {}}
            """);

    assertThat(VmiRules.checkStandalone(vmi, Set.of("keys")))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.path())
                  .isEqualTo("spec.accessCredentials[1].userPassword.source.secret");
              assertThat(violation.reason()).isEqualTo(Violation.UNSUPPORTED);
            });
    assertThat(VmiRules.checkStandalone(vmi, Set.of("keys", "passwords"))).isEmpty();
  }

  @Test
  void filesOfTheHostStandInForImagesAndClaimsWithoutACluster() {
    VirtualMachineInstance vmi =
        vmi(
            "spec: {domain: {memory: {guest: 1Gi}, firmware: {kernelBoot: {container:"
                + " {kernelPath: /boot/vmlinuz}}}, devices: {disks: [{name: l, lun: {}}],"
                + " filesystems: [{name: f, virtiofs: {}}]}},"
                + " volumes: [{name: l, hostDisk: {path: /dev/sdz, type: Disk}}]}");

    assertThat(VmiRules.check(vmi))
        .extracting(Violation::path)
        .containsExactly(
            "spec.domain.firmware.kernelBoot.container.image", "spec.domain.devices.disks[0].lun");
    assertThat(VmiRules.checkStandalone(vmi, Set.of()))
        .extracting(Violation::path)
        .containsExactly("spec.domain.devices.filesystems[0].name");
  }

  @Test
  void dedicatedProcessorsAreCountedOnce() {
    String spec = "spec: {domain: {memory: {guest: 1Gi}, cpu: {dedicatedCpuPlacement: true}, ";

    assertThat(judged(spec + "resources: {limits: {cpu: 2}}}}")).isEmpty();
    assertThat(judged(spec + "resources: {requests: {cpu: 1500m}}}}"))
        .containsExactly("spec.domain.resources.requests.cpu");
    assertThat(judged(spec + "resources: {requests: {cpu: 2}, limits: {cpu: 3}}}}"))
        .containsExactly("spec.domain.cpu.dedicatedCpuPlacement");
  }

  private static List<String> judged(String yaml) {
    VirtualMachineInstance filled = VmiDefaults.apply(vmi(yaml), ClusterSettings.DEFAULT, "");
    return VmiRules.check(filled).stream().map(Violation::path).toList();
  }

  @Test
  void fieldsForClustersOnlyAreNamedWithoutOne() {
    assertThat(
            NoEffectFields.of(
                vmi(
                    "spec: {domain: {}, nodeSelector: {a: b}, tolerations: [{}],"
                        + " evictionStrategy: LiveMigrate, affinity: {}}")))
        .containsExactly(
            "spec.nodeSelector", "spec.affinity", "spec.tolerations", "spec.evictionStrategy");
    assertThat(NoEffectFields.of(vmi("spec: {domain: {}}"))).isEmpty();
  }

  @Test
  void gatesThatAreOpenLetFieldsThrough() {
    VirtualMachineInstance vmi =
        vmi(
            "spec: {domain: {memory: {guest: 1Gi}, devices: {downwardMetrics: {},"
                + " autoattachVSOCK: true, hostDevices: [{name: a, deviceName: b}],"
                + " disks: [{name: h, disk: {}}]}},"
                + " volumes: [{name: h, hostDisk: {path: /a, type: Disk}}]}");
    ClusterSettings all =
        new ClusterSettings(
            "amd64",
            List.of("*"),
            Map.of(),
            "",
            EnumSet.allOf(FeatureGate.class),
            ClusterSettings.DefaultInterface.MASQUERADE,
            "None",
            true);

    assertThat(VmiRules.checkInCluster(vmi, ClusterSettings.DEFAULT))
        .extracting(Violation::path)
        .containsExactly(
            "spec.volumes[0]",
            "spec.domain.devices.downwardMetrics",
            "spec.domain.devices.hostDevices",
            "spec.domain.devices.autoattachVSOCK");
    assertThat(VmiRules.checkInCluster(vmi, all)).isEmpty();
    assertThat(
            VmiDefaults.apply(vmi("spec: {domain: {}}"), all, "")
                .spec()
                .domain()
                .devices()
                .interfaces()
                .getFirst()
                .masquerade())
        .isNotNull();
  }

  @Test
  void judgesTheTemplateOfAMachine() {
    VirtualMachine vm =
        YamlReader.read(
                VirtualMachine.class,
                """
                spec:
                  running: true
                  runStrategy: Always
                  dataVolumeTemplates:
                  - metadata: {name: unused}
                    spec: {}
                  template:
                    spec:
                      domain:
                        memory: {guest: 1Gi}
                        devices: {disks: [{name: a, disk: {bus: virtio}, io: fast}]}
                """)
            .orThrow();

    assertThat(VmRules.checkInCluster(vm, ClusterSettings.DEFAULT))
        .extracting(Violation::path)
        .containsExactly(
            "spec.running",
            "spec.template.spec.domain.devices.disks[0].name",
            "spec.template.spec.domain.devices.disks.domain.devices.disks[0].io",
            "spec.dataVolumeTemplates[0]",
            "spec.dataVolumeTemplates[0]");
    assertThat(
            VmRules.checkInCluster(
                YamlReader.read(VirtualMachine.class, "spec: {runStrategy: Halted}").orThrow(),
                ClusterSettings.DEFAULT))
        .extracting(Violation::path)
        .containsExactly("spec.template");
  }

  private static List<String> paths(String spec) {
    return VmiRules.check(vmi("spec:\n  " + spec)).stream().map(Violation::path).toList();
  }

  private static VirtualMachineInstance vmi(String yaml) {
    return YamlReader.read(VirtualMachineInstance.class, yaml).orThrow();
  }
}
