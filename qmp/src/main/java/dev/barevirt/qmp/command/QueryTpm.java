package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import dev.barevirt.qmp.wire.Json;
import java.util.List;

/** Lists TPM devices. */
public record QueryTpm() implements QmpCommand.Query<List<QueryTpm.Tpm>> {
  @Override
  public String wireName() {
    return "query-tpm";
  }

  @Override
  public ReplyType<List<QueryTpm.Tpm>> replyType() {
    return ReplyType.listOf(Tpm.class);
  }

  /**
   * A TPM device.
   *
   * @param id its id
   * @param model tpm-tis or tpm-crb
   * @param options its backend
   */
  public record Tpm(String id, String model, Json options) {}
}
