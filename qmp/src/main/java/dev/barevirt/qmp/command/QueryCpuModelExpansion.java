package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import org.jspecify.annotations.Nullable;

/**
 * Spells out a CPU model.
 *
 * @param type static or full
 * @param model the model
 */
public record QueryCpuModelExpansion(String type, CpuModel model)
    implements QmpCommand.Query<QueryCpuModelExpansion.Expansion> {
  @Override
  public String wireName() {
    return "query-cpu-model-expansion";
  }

  @Override
  public ReplyType<QueryCpuModelExpansion.Expansion> replyType() {
    return ReplyType.of(Expansion.class);
  }

  /**
   * A CPU model spelt out.
   *
   * @param model with all its properties
   */
  public record Expansion(@Nullable CpuModel model) {}
}
