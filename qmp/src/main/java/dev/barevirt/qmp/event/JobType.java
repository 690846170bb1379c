package dev.barevirt.qmp.event;

/** What kind of work a background job does. */
public enum JobType {
  /** {@code commit}. */
  COMMIT,
  /** {@code stream}. */
  STREAM,
  /** {@code mirror}. */
  MIRROR,
  /** {@code backup}. */
  BACKUP,
  /** {@code create}. */
  CREATE,
  /** {@code amend}. */
  AMEND,
  /** {@code snapshot-load}. */
  SNAPSHOT_LOAD,
  /** {@code snapshot-save}. */
  SNAPSHOT_SAVE,
  /** {@code snapshot-delete}. */
  SNAPSHOT_DELETE,
  /** A value this version does not know. */
  UNKNOWN
}
