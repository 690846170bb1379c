package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import dev.barevirt.qmp.wire.RecordJson.SnakeCase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for transfer counters.
 *
 * @param queryNodes of the nodes, not of the drives
 */
public record QueryBlockstats(@Nullable Boolean queryNodes)
    implements QmpCommand.Query<List<QueryBlockstats.Drive>> {
  @Override
  public String wireName() {
    return "query-blockstats";
  }

  @Override
  public ReplyType<List<QueryBlockstats.Drive>> replyType() {
    return ReplyType.listOf(Drive.class);
  }

  /**
   * One drive's or node's counters.
   *
   * @param device its name, "" for none
   * @param qdev the guest device's id or path
   * @param nodeName the node
   * @param stats the counters
   */
  public record Drive(String device, String qdev, String nodeName, @Nullable Stats stats) {}

  /**
   * Transfer counters since the start.
   *
   * @param rdBytes read
   * @param wrBytes written
   * @param unmapBytes discarded
   * @param rdOperations reads
   * @param wrOperations writes
   * @param flushOperations flushes
   * @param unmapOperations discards
   * @param rdTotalTimeNs time spent reading
   * @param wrTotalTimeNs time spent writing
   * @param flushTotalTimeNs time spent flushing
   * @param failedRdOperations failed reads
   * @param failedWrOperations failed writes
   * @param failedFlushOperations failed flushes
   * @param wrHighestOffset how far it was ever written
   */
  public record Stats(
      long rdBytes,
      long wrBytes,
      long unmapBytes,
      long rdOperations,
      long wrOperations,
      long flushOperations,
      long unmapOperations,
      long rdTotalTimeNs,
      long wrTotalTimeNs,
      long flushTotalTimeNs,
      long failedRdOperations,
      long failedWrOperations,
      long failedFlushOperations,
      long wrHighestOffset)
      implements SnakeCase {}
}
