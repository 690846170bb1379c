package dev.barevirt.api.definition;

import static dev.barevirt.api.definition.PrinterColumn.age;
import static dev.barevirt.api.definition.PrinterColumn.condition;
import static dev.barevirt.api.definition.PrinterColumn.number;
import static dev.barevirt.api.definition.PrinterColumn.text;

import dev.barevirt.api.definition.ServedKind.Future;
import dev.barevirt.api.definition.ServedKind.StatusWrites;
import dev.barevirt.api.v1.KubeVirt;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.VirtualMachineInstanceMigration;
import dev.barevirt.api.v1.VirtualMachineInstancePreset;
import dev.barevirt.api.v1.VirtualMachineInstanceReplicaSet;
import java.util.List;

/** The kinds this version serves. */
public final class ServedKinds {
  private static final ServedKind VIRTUAL_MACHINE =
      new ServedKind(
          "VirtualMachine",
          List.of("vm", "vms"),
          List.of(age(), text("Status", ".status.printableStatus"), condition("Ready")),
          StatusWrites.SUBRESOURCE,
          Future.KEPT,
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
          Future.KEPT,
          VirtualMachineInstance.class);

  private static final ServedKind REPLICA_SET =
      new ServedKind(
          "VirtualMachineInstanceReplicaSet",
          List.of("vmirs", "vmirss"),
          List.of(
              number("Desired", ".spec.replicas"),
              number("Current", ".status.replicas"),
              number("Ready", ".status.readyReplicas"),
              age()),
          StatusWrites.SUBRESOURCE_AND_SCALE,
          Future.KEPT,
          VirtualMachineInstanceReplicaSet.class);

  private static final ServedKind PRESET =
      new ServedKind(
          "VirtualMachineInstancePreset",
          List.of("vmipreset", "vmipresets"),
          List.of(),
          StatusWrites.NOT_AT_ALL,
          Future.DEPRECATED,
          VirtualMachineInstancePreset.class);

  private static final ServedKind MIGRATION =
      new ServedKind(
          "VirtualMachineInstanceMigration",
          List.of("vmim", "vmims"),
          List.of(text("Phase", ".status.phase"), text("VMI", ".spec.vmiName")),
          StatusWrites.SUBRESOURCE,
          Future.KEPT,
          VirtualMachineInstanceMigration.class);

  private static final ServedKind INSTALLATION =
      new ServedKind(
          "KubeVirt",
          List.of("kv", "kvs"),
          List.of(age(), text("Phase", ".status.phase")),
          StatusWrites.SUBRESOURCE,
          Future.KEPT,
          KubeVirt.class);

  /** All of them. */
  public static final List<ServedKind> ALL =
      List.of(
          VIRTUAL_MACHINE, VIRTUAL_MACHINE_INSTANCE, REPLICA_SET, PRESET, MIGRATION, INSTALLATION);

  private ServedKinds() {}
}
