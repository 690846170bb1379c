package dev.barevirt.api.rules;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.device.Disk;
import dev.barevirt.api.v1.device.Interface;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What disks and interfaces share: no boot order and no PCI address is given twice. */
final class PlacementRule implements VmiRule {

  @Override
  public void check(VirtualMachineInstanceSpec spec, FieldPath at, Findings found) {
    FieldPath devices = at.field("domain").field("devices");
    Set<Long> orders = new HashSet<>();
    Set<String> addresses = new HashSet<>();
    List<Disk> disks = spec.domain().devices().disks();
    for (int i = 0; i < disks.size(); i++) {
      FieldPath place = devices.field("disks").index(i);
      order(disks.get(i).bootOrder(), place.field("bootOrder"), orders, found);
      Disk.Target target = disks.get(i).disk();
      if (target != null) {
        FieldPath path = place.field("disk").field("pciAddress");
        address(target.pciAddress(), path, addresses, found);
      }
    }
    List<Interface> interfaces = spec.domain().devices().interfaces();
    for (int i = 0; i < interfaces.size(); i++) {
      FieldPath place = devices.field("interfaces").index(i);
      Interface card = interfaces.get(i);
      if (card.bootOrder() != null && card.bootOrder() < 1) {
        found.invalid(place.field("bootOrder"), place + " must have a boot order > 0, if supplied");
      }
      order(card.bootOrder(), place.field("bootOrder"), orders, found);
      address(card.pciAddress(), place.field("pciAddress"), addresses, found);
    }
  }

  private static void order(
      @Nullable Long order, FieldPath path, Set<Long> orders, Findings found) {
    if (order != null && order > 0 && !orders.add(order)) {
      found.invalid(path, "Boot order for " + path + " already set for a different device.");
    }
  }

  private static void address(
      @Nullable String written, FieldPath path, Set<String> addresses, Findings found) {
    String address = Words.orEmpty(written);
    if (!address.isEmpty() && !addresses.add(address.toLowerCase(Locale.ROOT))) {
      found.invalid(path, "the PCI address " + Words.shown(address) + " is already taken");
    }
  }
}
