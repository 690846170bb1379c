package dev.barevirt.api.definition;

import static dev.barevirt.api.definition.PrinterColumn.age;
import static dev.barevirt.api.definition.PrinterColumn.condition;
import static dev.barevirt.api.definition.PrinterColumn.text;

import dev.barevirt.api.definition.ServedKind.StatusWrites;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstance;
import java.util.List;

/** The kinds this version serves. */
public final class ServedKinds {
  private static final ServedKind VIRTUAL_MACHINE =
      new ServedKind(
          "VirtualMachine",
          List.of("vm", "vms"),
          List.of(age(), text("Status", ".status.printableStatus"), condition("Ready")),
          StatusWrites.SUBRESOURCE,
          VirtualMachine.class);

  private static final ServedKind VIRTUAL_MACHINE_INSTANCE =
      new ServedKind(
          "VirtualMachineInstance",
          List.of("vmi", "vmis"),
          List.of(
              age(),
              text("Phase", ".status.phase"),
              text("IP", ".status.interfaces[0].ipAddress"),
              text("NodeName", ".status.nodeName"),
              condition("Ready"),
              condition("LiveMigratable").named("Live-Migratable").wide(),
              condition("Paused").wide()),
          StatusWrites.WITH_THE_OBJECT,
          VirtualMachineInstance.class);

  /** All of them. */
  public static final List<ServedKind> ALL = List.of(VIRTUAL_MACHINE, VIRTUAL_MACHINE_INSTANCE);

  private ServedKinds() {}
}
