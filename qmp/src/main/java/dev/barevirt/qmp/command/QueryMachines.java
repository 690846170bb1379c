package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import java.util.List;

/** Lists machine types. */
public record QueryMachines() implements QmpCommand.Query<List<QueryMachines.Machine>> {
  @Override
  public String wireName() {
    return "query-machines";
  }

  @Override
  public ReplyType<List<QueryMachines.Machine>> replyType() {
    return ReplyType.listOf(Machine.class);
  }

  /**
   * A machine type.
   *
   * @param name its name
   * @param alias its other name, "" for none
   * @param isDefault whether it is taken when none is named
   * @param cpuMax the most virtual CPUs
   * @param hotpluggableCpus whether CPUs can be added
   * @param deprecated whether it will go
   * @param defaultCpuType its CPU type
   * @param defaultRamId the id its memory backend has to have
   * @param acpi whether it has ACPI, since QEMU 8.2
   */
  public record Machine(
      String name,
      String alias,
      boolean isDefault,
      int cpuMax,
      boolean hotpluggableCpus,
      boolean deprecated,
      String defaultCpuType,
      String defaultRamId,
      boolean acpi) {}
}
