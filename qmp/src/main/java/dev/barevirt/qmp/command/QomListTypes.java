package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists the types of objects.
 *
 * @param implements_ only those that implement it
 * @param abstract_ abstract ones too
 */
public record QomListTypes(@Nullable String implements_, @Nullable Boolean abstract_)
    implements QmpCommand.Query<List<QomListTypes.Type>> {
  @Override
  public String wireName() {
    return "qom-list-types";
  }

  @Override
  public ReplyType<List<QomListTypes.Type>> replyType() {
    return ReplyType.listOf(Type.class);
  }

  /**
   * A type of objects.
   *
   * @param name its name
   * @param abstract_ whether it is
   * @param parent the type it extends
   */
  public record Type(String name, boolean abstract_, String parent) {}
}
