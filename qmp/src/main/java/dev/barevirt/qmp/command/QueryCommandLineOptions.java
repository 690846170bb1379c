package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists command-line options and their parameters.
 *
 * @param option only that one
 */
public record QueryCommandLineOptions(@Nullable String option)
    implements QmpCommand.Query<List<QueryCommandLineOptions.Described>> {
  @Override
  public String wireName() {
    return "query-command-line-options";
  }

  @Override
  public ReplyType<List<QueryCommandLineOptions.Described>> replyType() {
    return ReplyType.listOf(Described.class);
  }

  /**
   * A command-line option.
   *
   * @param option its name
   * @param parameters what it takes
   */
  public record Described(String option, List<Parameter> parameters) {}

  /**
   * A parameter of a command-line option.
   *
   * @param name its name
   * @param type string, boolean, number or size
   */
  public record Parameter(String name, String type) {}
}
