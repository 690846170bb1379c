package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import dev.barevirt.qmp.event.JobStatus;
import dev.barevirt.qmp.event.JobType;
import java.util.List;

/** Lists background jobs. */
public record QueryJobs() implements QmpCommand.Query<List<QueryJobs.Job>> {
  @Override
  public String wireName() {
    return "query-jobs";
  }

  @Override
  public ReplyType<List<QueryJobs.Job>> replyType() {
    return ReplyType.listOf(Job.class);
  }

  /**
   * A background job.
   *
   * @param id its id
   * @param type what it does
   * @param status where it is
   * @param currentProgress what is done
   * @param totalProgress what there is to do, a moving target
   * @param error what went wrong, "" when nothing did
   */
  public record Job(
      String id,
      JobType type,
      JobStatus status,
      long currentProgress,
      long totalProgress,
      String error) {}
}
