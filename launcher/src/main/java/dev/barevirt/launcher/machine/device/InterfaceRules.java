package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.v1.device.Interface;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineKind;
import dev.barevirt.launcher.machine.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an interface may ask for on this machine; everything else is refused by name. */
final class InterfaceRules {
  private static final Set<String> EXPRESS = Set.of("virtio", "e1000e", "igb");
  private static final Set<String> CONVENTIONAL = Set.of("e1000", "rtl8139", "ne2k_pci", "pcnet");
  private static final Set<String> STATES = Set.of("", "up", "down", "absent");

  private final MachineInput in;
  private final Interface nic;
  private final String path;
  private final List<Refusal> refusals = new ArrayList<>();

  InterfaceRules(MachineInput in, Interface nic, String path) {
    this.in = in;
    this.nic = nic;
    this.path = path;
  }

  /** The card's model, as QEMU names it but for virtio. */
  static String model(Interface nic) {
    String model = Texts.orEmpty(nic.model());
    return model.isEmpty() ? "virtio" : model;
  }

  /** Whether a model is at home on PCI Express; only those can be plugged and unplugged. */
  static boolean isExpress(String model) {
    return EXPRESS.contains(model);
  }

  /** Everything that keeps the interface from being mapped. */
  List<Refusal> refusals() {
    checkBinding();
    checkModel();
    String mac = Texts.orEmpty(nic.macAddress());
    if (!mac.isEmpty() && Macs.parse(mac).isEmpty()) {
      refuse(".macAddress", "it is not the address of one card, like 02:00:00:12:34:56");
    }
    Long order = nic.bootOrder();
    if (order != null && (order < 1 || order > Integer.MAX_VALUE)) {
      refuse(".bootOrder", "boot orders count from 1");
    }
    if (!STATES.contains(Texts.orEmpty(nic.state()))) {
      refuse(".state", "state is one of up, down and absent");
    }
    if (nic.acpiIndex() != null && (nic.acpiIndex() < 1 || nic.acpiIndex() > 16383)) {
      refuse(".acpiIndex", "it is a number from 1 to 16383");
    }
    checkMicrovm();
    return refusals;
  }

  private void checkBinding() {
    unsupportedIf(nic.slirp(), ".slirp", "this binding is no longer accepted");
    unsupportedIf(nic.macvtap(), ".macvtap", "this binding is no longer accepted");
    unsupportedIf(nic.passt(), ".passt", "this binding is no longer accepted; see passtBinding");
    unsupportedIf(nic.sriov(), ".sriov", "functions of host cards are not passed through");
    unsupportedIf(nic.binding(), ".binding.name", "binding plugins are not run");
    long bindings =
        Stream.of(nic.bridge(), nic.masquerade(), nic.passtBinding())
            .filter(Objects::nonNull)
            .count();
    if (bindings > 1) {
      refuse("", "it has one binding, not several");
    }
  }

  private void unsupportedIf(@Nullable Object asked, String field, String why) {
    if (asked != null) {
      refusals.add(Refusal.unsupported(path + field, why));
    }
  }

  private void checkModel() {
    String model = model(nic);
    if (!EXPRESS.contains(model) && !CONVENTIONAL.contains(model)) {
      refuse(".model", "the models are virtio, e1000, e1000e, igb, ne2k_pci, pcnet and rtl8139");
    } else if (!model.equals("virtio") && !in.host().devices().contains(model)) {
      refusals.add(
          Refusal.unsupported(
              path + ".model", "QEMU %s has no card %s".formatted(in.host().version(), model)));
    }
  }

  private void checkMicrovm() {
    if (in.kind() != MachineKind.MICROVM) {
      return;
    }
    if (!model(nic).equals("virtio")) {
      refusals.add(Refusal.unsupported(path + ".model", "a microvm has only virtio cards"));
    }
    if (!Texts.orEmpty(nic.pciAddress()).isEmpty()) {
      refusals.add(Refusal.unsupported(path + ".pciAddress", "a microvm has no PCI bus"));
    }
    unsupportedIf(nic.acpiIndex(), ".acpiIndex", "a microvm has no PCI bus");
  }

  private void refuse(String field, String why) {
    refusals.add(Refusal.invalid(path + field, why));
  }
}
