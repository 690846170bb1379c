package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import java.util.List;

/** Asks how memory can be dumped. */
public record QueryDumpGuestMemoryCapability()
    implements QmpCommand.Query<QueryDumpGuestMemoryCapability.Capability> {
  @Override
  public String wireName() {
    return "query-dump-guest-memory-capability";
  }

  @Override
  public ReplyType<QueryDumpGuestMemoryCapability.Capability> replyType() {
    return ReplyType.of(Capability.class);
  }

  /**
   * How memory can be dumped.
   *
   * @param formats formats that work here
   */
  public record Capability(List<DumpFormat> formats) {}
}
