package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;

/** Asks for the generation id device's value. */
public record QueryVmGenerationId() implements QmpCommand.Query<QueryVmGenerationId.GenerationId> {
  @Override
  public String wireName() {
    return "query-vm-generation-id";
  }

  @Override
  public ReplyType<QueryVmGenerationId.GenerationId> replyType() {
    return ReplyType.of(GenerationId.class);
  }

  /**
   * A generation id.
   *
   * @param guid it
   */
  public record GenerationId(String guid) {}
}
