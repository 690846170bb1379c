package dev.barevirt.launcher.machine.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.launcher.GivenKernel;
import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.api.launcher.GuestOptions;
import dev.barevirt.api.launcher.PortForward;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.launcher.machine.CommandLineRenderer;
import dev.barevirt.launcher.machine.HostFacts;
import dev.barevirt.launcher.machine.HostFacts.SidecarProgram;
import dev.barevirt.launcher.machine.Hosts;
import dev.barevirt.launcher.machine.Inputs;
import dev.barevirt.launcher.machine.MachineBuilder;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineOutcome;
import dev.barevirt.launcher.machine.MachinePlan;
import dev.barevirt.launcher.machine.PreparedVolume;
import dev.barevirt.launcher.machine.SpecFields;
import dev.barevirt.launcher.machine.Vmis;
import dev.barevirt.qmp.wire.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No field of {@code domain} and {@code networks} is read and then ignored: in some machine, two
 * values of it make two machines, or are refused in words of their own. What has its effect
 * elsewhere is named here, with the place.
 */
class FieldEffectIT {
  /** Fields whose effect is not in QEMU's command line. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          // The interface is in the instance before a machine is made of it.
          "domain.devices.autoattachPodInterface",
          // The console is the launcher's, and so is its log.
          "domain.devices.logSerialConsole",
          // Words that a guest finds in its config drive.
          "domain.devices.disks[].tag",
          "domain.devices.interfaces[].tag",
          // Names that only the manifest calls something by.
          "domain.devices.inputs[].name",
          "domain.devices.interfaces[].ports[].name",
          "domain.devices.sound.name",
          "domain.devices.watchdog.name",
          // Of the pod's memory, not of the guest's.
          "domain.memory.reservedOverhead.addedOverhead",
          "domain.resources.overcommitGuestOverhead",
          // Where images and networks are was found out by the host.
          "domain.firmware.kernelBoot.container.image",
          "domain.firmware.kernelBoot.container.imagePullPolicy",
          "domain.firmware.kernelBoot.container.imagePullSecret",
          "domain.firmware.kernelBoot.container.initrdPath",
          "domain.firmware.kernelBoot.container.kernelPath",
          "networks[].name",
          "networks[].multus.default",
          "networks[].multus.networkName");

  private static final List<String> BASES =
      List.of(
          "domain: {memory: {guest: 128Mi}, devices: {}}",
          """
          domain:
            memory: {guest: 128Mi}
            devices:
              disks:
              - {name: d, disk: {bus: virtio}, blockSize: {custom: {logical: 512, physical: 4096}}}
          volumes: [{name: d, containerDisk: {image: i}}]
          """,
          """
          domain:
            memory: {guest: 128Mi}
            devices: {interfaces: [{name: "net", masquerade: {}, ports: [{port: 80}]}]}
          networks: [{name: "net", pod: {}}]
          """,
          """
          domain:
            memory: {guest: 128Mi}
            devices:
              interfaces: [{name: "net", masquerade: {}, portRanges: [{start: 79, end: 81}]}]
          networks: [{name: "net", pod: {}}]
          """,
          """
          domain: {memory: {guest: 128Mi}, devices: {filesystems: [{name: dir, virtiofs: {}}]}}
          volumes: [{name: dir, configMap: {name: c}}]
          """,
          "domain: {devices: {}}",
          """
          domain: {memory: {guest: 128Mi}, devices: {disks: [{name: d, disk: {bus: virtio}}]}}
          volumes: [{name: d, containerDisk: {image: i}}]
          """,
          """
          domain: {memory: {guest: 128Mi}, devices: {disks: [{name: d, cdrom: {bus: sata}}]}}
          volumes: [{name: d, containerDisk: {image: i}}]
          """,
          """
          domain: {memory: {guest: 128Mi}, devices: {disks: [{name: b, lun: {bus: scsi}}]}}
          volumes: [{name: b, persistentVolumeClaim: {claimName: b}}]
          """,
          """
          domain: {memory: {guest: 128Mi}, devices: {interfaces: [{name: "net", masquerade: {}}]}}
          networks: [{name: "net", pod: {}}]
          """,
          """
          domain: {memory: {guest: 128Mi}, cpu: {cores: 2}, devices: {interfaces: [{name: t, bridge: {}}]}}
          networks: [{name: t, multus: {networkName: t}}]
          """,
          """
          domain: {memory: {guest: 128Mi}, ioThreadsPolicy: supplementalPool, ioThreads: {supplementalPoolThreadCount: 4}, devices: {disks: [{name: d, disk: {bus: virtio}}]}}
          volumes: [{name: d, containerDisk: {image: i}}]
          """,
          "domain: {memory: {guest: 128Mi}, devices: {}, features: {smm: {enabled: true}}, firmware: {bootloader: {efi: {secureBoot: false}}}}",
          "domain: {memory: {guest: 128Mi}, devices: {}, firmware: {kernelBoot: {container: {image: i}}}}",
          "domain: {memory: {guest: 128Mi}, devices: {}, clock: {timezone: UTC}}",
          "domain: {memory: {guest: 128Mi}, devices: {}, features: {hyperv: {vapic: {}, vpindex: {}, synic: {}, synictimer: {}, vendorid: {enabled: true, vendorid: v}}}}",
          "domain: {memory: {guest: 128Mi}, cpu: {features: [{name: avx}]}, devices: {watchdog: {name: w, i6300esb: {}}, inputs: [{name: t, type: tablet, bus: usb}], tpm: {persistent: true}}}");

  private static final List<Json> VALUES =
      Stream.of(
              "true",
              "false",
              "1",
              "2",
              "3",
              "512",
              "4096",
              "{}",
              "\"x\"",
              "\"d\"",
              "\"dir\"",
              "\"8Mi\"",
              "\"2Mi\"",
              "{\"memory\": \"64Mi\"}",
              "[\"x\"]",
              "\"02:00:00:00:00:01\"",
              "\"0000:00:1e.0\"",
              "\"10.9.0.0/24\"",
              "\"fd00:9::/64\"",
              "\"5d307ca9-b3ef-428c-8861-06e72d69f223\"",
              "\"require\"",
              "\"Europe/Berlin\"",
              "\"pc\"",
              "\"e1000\"",
              "\"scsi\"",
              "\"open\"",
              "\"none\"",
              "\"native\"",
              "\"report\"",
              "\"shared\"",
              "\"Required\"",
              "\"Terminate\"",
              "\"down\"",
              "\"bochs\"",
              "\"ac97\"",
              "\"poweroff\"",
              "\"virtio\"",
              "\"isa\"",
              "\"delay\"",
              "\"catchup\"",
              "\"host\"",
              "80",
              "\"net\"",
              "\"guest\"",
              "\"UDP\"",
              "\"TCP\"")
          .map(Json::parse)
          .toList();

  private static final List<HostFacts> HOSTS =
      List.of(
          withSidecars(Hosts.emulating(), Map.of()),
          withSidecars(
              Hosts.virtualising(),
              Map.of(
                  HostFacts.Sidecar.PASST,
                  new SidecarProgram("/usr/bin/passt", "2025", Set.of("vhost-user")),
                  HostFacts.Sidecar.SWTPM,
                  new SidecarProgram("/usr/bin/swtpm", "0.10", Set.of()),
                  HostFacts.Sidecar.VIRTIOFSD,
                  new SidecarProgram("/usr/libexec/virtiofsd", "1.13", Set.of("shared-dir")))));
  private static final List<PortForward> FORWARDS =
      List.of(new PortForward(PortForward.Protocol.TCP, null, 8080, 80));
  private static final MachineBuilder BUILDER = new MachineBuilder(DeviceMappers.ALL);
  private static final List<Base> MACHINES = BASES.stream().map(Base::of).toList();

  @Test
  void everyFieldHasAnEffect() {
    var ineffective = new TreeSet<String>();
    for (String path : SpecFields.leaves(VirtualMachineInstanceSpec.class)) {
      boolean ours = path.matches("(domain|networks)[.\\[].*");
      boolean refused = UnsupportedFieldsMapper.REFUSED.stream().anyMatch(r -> within(path, r));
      if (ours && !refused && !ELSEWHERE.contains(path) && !hasEffect(path)) {
        ineffective.add(path);
      }
    }

    assertThat(ineffective).isEmpty();
  }

  private static boolean within(String path, String refused) {
    return new SpecFields.SetField(path, path).isWithin(refused);
  }

  private static boolean hasEffect(String path) {
    List<String> names = List.of(("spec." + path).split("\\."));
    return MACHINES.stream().anyMatch(base -> matters(base, names));
  }

  private static HostFacts withSidecars(
      HostFacts host, Map<HostFacts.Sidecar, SidecarProgram> sidecars) {
    return new HostFacts(
        host.qemu(),
        host.version(),
        host.accelerator(),
        host.machines(),
        host.devices(),
        host.cpuModels(),
        host.features(),
        host.firmware(),
        sidecars,
        host.hugepages());
  }

  /**
   * Whether two values make two machines, a field that has but one value makes another, or the
   * field or what it is a part of is refused by its name.
   */
  private static boolean matters(Base base, List<String> names) {
    Set<List<String>> seen = new HashSet<>();
    for (Json value : VALUES) {
      String changed = with(base.tree(), names, value).toString();
      if (RecordReader.STRICT.read(VirtualMachineInstance.class, changed)
          instanceof Reading.Accepted<VirtualMachineInstance>(VirtualMachineInstance vmi)) {
        seen.add(everywhere(vmi));
        boolean only = value instanceof Json.Struct && !seen.contains(base.shown());
        if (only || seen.size() > 1 || isRefused(vmi, String.join(".", names))) {
          return true;
        }
      }
    }
    return false;
  }

  /** A machine to begin with, and what it is on every host. */
  private record Base(Json tree, List<String> shown) {
    static Base of(String spec) {
      VirtualMachineInstance plain = Vmis.spec(spec);
      return new Base(Json.parse(RecordWriter.toJson(plain)), everywhere(plain));
    }
  }

  private static List<String> everywhere(VirtualMachineInstance vmi) {
    return HOSTS.stream().map(host -> shown(vmi, host)).toList();
  }

  private static boolean isRefused(VirtualMachineInstance vmi, String path) {
    return HOSTS.stream()
        .map(host -> BUILDER.build(input(vmi, host)))
        .filter(MachineOutcome.Refused.class::isInstance)
        .flatMap(refused -> ((MachineOutcome.Refused) refused).violations().stream())
        .map(violation -> violation.path().toString().replaceAll("\\[[0-9]+]", "[]"))
        .filter(named -> !named.endsWith("[]") && named.split("\\.").length > 2)
        .anyMatch(named -> path.equals(named) || path.startsWith(named + "."));
  }

  /** A document with a value at a path; every list on the way has a first element. */
  private static Json with(Json tree, List<String> path, Json value) {
    if (path.isEmpty()) {
      return value;
    }
    String name = path.getFirst().replace("[]", "");
    List<String> rest = path.subList(1, path.size());
    Map<String, Json> members = new LinkedHashMap<>(tree.members());
    Json inside = tree.at(name);
    if (path.getFirst().endsWith("[]")) {
      List<Json> elements = new ArrayList<>(inside.elements());
      Json first = elements.isEmpty() ? Json.object().build() : elements.removeFirst();
      elements.addFirst(with(first, rest, value));
      members.put(name, Json.of(elements));
    } else {
      members.put(name, with(inside, rest, value));
    }
    Json.Builder object = Json.object();
    members.forEach(object::with);
    return object.build();
  }

  private static MachineInput input(VirtualMachineInstance vmi, HostFacts host) {
    PreparedVolume.Disk disk =
        new PreparedVolume.Disk(
            "d",
            List.of(new PreparedVolume.Layer("/d", PreparedVolume.Format.RAW, false, false)),
            true,
            false,
            PreparedVolume.BlockSizes.CLASSIC);
    PreparedVolume.Disk device =
        new PreparedVolume.Disk(
            "b",
            List.of(new PreparedVolume.Layer("/dev/b", PreparedVolume.Format.RAW, true, false)),
            true,
            false,
            new PreparedVolume.BlockSizes(4096, 4096));
    return new MachineInput(
        vmi,
        host,
        Map.of("d", disk, "b", device, "dir", new PreparedVolume.Directory("dir", "/dir")),
        Map.of(
            "net",
            new GivenNetwork("net", GivenNetwork.Kind.USER, null, null, FORWARDS),
            "t",
            new GivenNetwork("t", GivenNetwork.Kind.TAP, "tap7", null, List.of())),
        vmi.spec().domain().firmware() == null
                || vmi.spec().domain().firmware().kernelBoot() == null
            ? null
            : new GivenKernel("/kernel", "/initrd"),
        List.of(),
        GuestOptions.DEFAULT,
        Inputs.PATHS,
        Inputs.NOW);
  }

  private static String shown(VirtualMachineInstance vmi, HostFacts host) {
    return switch (BUILDER.build(input(vmi, host))) {
      case MachineOutcome.Refused refused -> refused.violations().toString();
      case MachineOutcome.Built(MachinePlan plan) ->
          CommandLineRenderer.pasted(plan) + " " + plan.sidecars() + " " + plan.copies();
    };
  }
}
