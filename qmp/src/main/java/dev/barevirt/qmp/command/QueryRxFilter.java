package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks which packets NICs let through.
 *
 * @param name only that NIC
 */
public record QueryRxFilter(@Nullable String name)
    implements QmpCommand.Query<List<QueryRxFilter.Filter>> {
  @Override
  public String wireName() {
    return "query-rx-filter";
  }

  @Override
  public ReplyType<List<QueryRxFilter.Filter>> replyType() {
    return ReplyType.listOf(Filter.class);
  }

  /**
   * What a NIC lets through.
   *
   * @param name the NIC
   * @param promiscuous everything
   * @param mainMac its address
   * @param multicastTable groups
   * @param unicastTable further addresses
   */
  public record Filter(
      String name,
      boolean promiscuous,
      String mainMac,
      List<String> multicastTable,
      List<String> unicastTable) {}
}
