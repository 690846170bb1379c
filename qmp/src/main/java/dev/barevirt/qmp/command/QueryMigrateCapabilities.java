package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import java.util.List;

/** Lists migration capabilities. */
public record QueryMigrateCapabilities()
    implements QmpCommand.Query<List<MigrationCapabilityState>> {
  @Override
  public String wireName() {
    return "query-migrate-capabilities";
  }

  @Override
  public ReplyType<List<MigrationCapabilityState>> replyType() {
    return ReplyType.listOf(MigrationCapabilityState.class);
  }
}
