package dev.barevirt.api.rules;

import dev.barevirt.api.core.ObjectMeta;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.VirtualMachineInstanceTemplateSpec;
import dev.barevirt.api.v1.domain.Domain;
import dev.barevirt.api.v1.domain.Firmware;
import dev.barevirt.api.v1.domain.Machine;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fills in what must stay the same over all runs of a virtual machine. */
public final class VmDefaults {
  private static final String TOPOLOGY = "kubevirt.io/pci-topology-version";
  private static final String NEWEST_TOPOLOGY = "v3";

  private VmDefaults() {}

  /**
   * The virtual machine with its identity filled in; applied twice it changes nothing more.
   *
   * @param uuid the UUID for firmware that has none
   * @param serial the serial number for firmware that has none
   */
  public static VirtualMachine apply(
      VirtualMachine vm, ClusterSettings settings, String uuid, String serial) {
    VirtualMachineInstanceTemplateSpec template = vm.spec().template();
    if (template == null) {
      return vm;
    }
    VirtualMachineInstanceSpec spec = template.spec();
    String architecture =
        Words.isBlank(spec.architecture())
            ? settings.architecture()
            : Words.orEmpty(spec.architecture());
    VirtualMachineInstanceTemplateSpec filled =
        template
            .withMetadata(annotated(template.metadata()))
            .withSpec(
                spec.withArchitecture(architecture)
                    .withDomain(
                        domain(
                            spec.domain(), machine(spec, architecture, settings), uuid, serial)));
    return vm.withSpec(vm.spec().withTemplate(filled));
  }

  private static ObjectMeta annotated(ObjectMeta metadata) {
    if (metadata.annotations().containsKey(TOPOLOGY)) {
      return metadata;
    }
    Map<String, String> annotations = new LinkedHashMap<>(metadata.annotations());
    annotations.put(TOPOLOGY, NEWEST_TOPOLOGY);
    return metadata.withAnnotations(annotations);
  }

  private static @Nullable Machine machine(
      VirtualMachineInstanceSpec spec, String architecture, ClusterSettings settings) {
    return VmiDefaults.machine(spec.domain().machine(), architecture, settings);
  }

  private static Domain domain(
      Domain domain, @Nullable Machine machine, String uuid, String serial) {
    Firmware firmware = domain.firmware() == null ? Firmware.EMPTY : domain.firmware();
    if (Words.isBlank(firmware.uuid())) {
      firmware = firmware.withUuid(uuid);
    }
    if (Words.isBlank(firmware.serial())) {
      firmware = firmware.withSerial(serial);
    }
    return domain.withFirmware(firmware).withMachine(machine);
  }
}
