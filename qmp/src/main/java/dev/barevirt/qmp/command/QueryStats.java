package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import dev.barevirt.qmp.wire.Json;
import java.util.List;

/**
 * Asks for the accelerator's counters.
 *
 * @param target vm or vcpu
 */
public record QueryStats(String target) implements QmpCommand.Query<List<QueryStats.Provided>> {
  @Override
  public String wireName() {
    return "query-stats";
  }

  @Override
  public ReplyType<List<QueryStats.Provided>> replyType() {
    return ReplyType.listOf(Provided.class);
  }

  /**
   * Counters of one provider and object.
   *
   * @param provider who counts
   * @param qomPath of which CPU, "" for the machine
   * @param stats the counters
   */
  public record Provided(String provider, String qomPath, List<Value> stats) {}

  /**
   * A counter.
   *
   * @param name its name
   * @param value a number, a boolean, or buckets
   */
  public record Value(String name, Json value) {}
}
