package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import java.util.List;

/** Lists CPU models. */
public record QueryCpuDefinitions()
    implements QmpCommand.Query<List<QueryCpuDefinitions.Definition>> {
  @Override
  public String wireName() {
    return "query-cpu-definitions";
  }

  @Override
  public ReplyType<List<QueryCpuDefinitions.Definition>> replyType() {
    return ReplyType.listOf(Definition.class);
  }

  /**
   * A CPU model.
   *
   * @param name its name
   * @param migrationSafe whether it is the same everywhere
   * @param static_ whether it never changes
   * @param unavailableFeatures what this host lacks for it
   * @param typename its type
   * @param aliasOf the versioned model it stands for, "" for none
   * @param deprecated whether it will go
   */
  public record Definition(
      String name,
      boolean migrationSafe,
      boolean static_,
      List<String> unavailableFeatures,
      String typename,
      String aliasOf,
      boolean deprecated) {}
}
