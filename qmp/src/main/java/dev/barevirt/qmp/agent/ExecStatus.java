package dev.barevirt.qmp.agent;

import dev.barevirt.qmp.wire.Json;
import org.jspecify.annotations.Nullable;

/**
 * Where a program in the guest is.
 *
 * @param exited whether it has ended; what follows is only known then
 * @param exitCode its exit code; absent when it was killed
 * @param signal what killed it; absent when it ended by itself
 * @param output what it wrote to standard output
 * @param error what it wrote to standard error
 * @param truncated whether it wrote more than the agent kept
 */
public record ExecStatus(
    boolean exited,
    @Nullable Integer exitCode,
    @Nullable Integer signal,
    Bytes output,
    Bytes error,
    boolean truncated) {
  static ExecStatus read(Json json) {
    return new ExecStatus(
        json.at("exited").bool(),
        number(json.at("exitcode")),
        number(json.at("signal")),
        Bytes.ofBase64(json.at("out-data").text()),
        Bytes.ofBase64(json.at("err-data").text()),
        json.at("out-truncated").bool() || json.at("err-truncated").bool());
  }

  private static @Nullable Integer number(Json json) {
    return json.isPresent() ? (int) json.integer() : null;
  }
}
