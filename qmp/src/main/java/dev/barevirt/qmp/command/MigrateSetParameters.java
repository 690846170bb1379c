package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import org.jspecify.annotations.Nullable;

/**
 * Sets migration parameters; what is absent stays.
 *
 * @param announceInitial milliseconds
 * @param announceMax milliseconds
 * @param announceRounds how often
 * @param announceStep milliseconds
 * @param throttleTriggerThreshold percent
 * @param cpuThrottleInitial percent
 * @param cpuThrottleIncrement percent
 * @param cpuThrottleTailslow whether to throttle gently near the end
 * @param maxCpuThrottle percent
 * @param tlsCreds credentials object
 * @param tlsHostname the target's name in its certificate
 * @param tlsAuthz authorisation object
 * @param maxBandwidth bytes a second
 * @param downtimeLimit milliseconds, at most 2000000
 * @param multifdChannels how many
 * @param maxPostcopyBandwidth bytes a second
 */
public record MigrateSetParameters(
    @Nullable Long announceInitial,
    @Nullable Long announceMax,
    @Nullable Long announceRounds,
    @Nullable Long announceStep,
    @Nullable Long throttleTriggerThreshold,
    @Nullable Long cpuThrottleInitial,
    @Nullable Long cpuThrottleIncrement,
    @Nullable Boolean cpuThrottleTailslow,
    @Nullable Long maxCpuThrottle,
    @Nullable String tlsCreds,
    @Nullable String tlsHostname,
    @Nullable String tlsAuthz,
    @Nullable Long maxBandwidth,
    @Nullable Long downtimeLimit,
    @Nullable Long multifdChannels,
    @Nullable Long maxPostcopyBandwidth)
    implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "migrate-set-parameters";
  }
}
