package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import dev.barevirt.qmp.event.MigrationStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks how a migration goes. */
public record QueryMigrate() implements QmpCommand.Query<QueryMigrate.Progress> {
  @Override
  public String wireName() {
    return "query-migrate";
  }

  @Override
  public ReplyType<QueryMigrate.Progress> replyType() {
    return ReplyType.of(Progress.class);
  }

  /**
   * How a migration goes.
   *
   * @param status where it is, UNKNOWN when there was none
   * @param ram memory transferred
   * @param vfio device state transferred
   * @param totalTime milliseconds since its start
   * @param expectedDowntime milliseconds the guest would stop if it stopped now
   * @param downtime milliseconds it did stop
   * @param setupTime milliseconds before the first pass
   * @param cpuThrottlePercentage how much its CPUs are held back
   * @param errorDesc what went wrong, "" when nothing did
   * @param blockedReasons why it cannot be migrated
   */
  public record Progress(
      MigrationStatus status,
      @Nullable Ram ram,
      @Nullable Vfio vfio,
      @Nullable Long totalTime,
      @Nullable Long expectedDowntime,
      @Nullable Long downtime,
      @Nullable Long setupTime,
      @Nullable Long cpuThrottlePercentage,
      String errorDesc,
      List<String> blockedReasons) {}

  /**
   * Memory of a migration, in bytes.
   *
   * @param transferred sent
   * @param remaining to send
   * @param total in all
   * @param duplicate pages that were all of one byte
   * @param normal pages sent whole
   * @param normalBytes the same in bytes
   * @param dirtyPagesRate pages dirtied a second
   * @param mbps megabits a second
   * @param dirtySyncCount passes
   * @param postcopyRequests pages the target asked for
   * @param pageSize of the guest
   * @param multifdBytes sent on the extra channels
   * @param pagesPerSecond sent lately
   * @param precopyBytes before the guest stopped
   * @param downtimeBytes while it was stopped
   * @param postcopyBytes after it ran on the target
   */
  public record Ram(
      long transferred,
      long remaining,
      long total,
      long duplicate,
      long normal,
      long normalBytes,
      long dirtyPagesRate,
      double mbps,
      long dirtySyncCount,
      long postcopyRequests,
      long pageSize,
      long multifdBytes,
      long pagesPerSecond,
      long precopyBytes,
      long downtimeBytes,
      long postcopyBytes) {}

  /**
   * Device state of a migration.
   *
   * @param transferred bytes sent
   */
  public record Vfio(long transferred) {}
}
