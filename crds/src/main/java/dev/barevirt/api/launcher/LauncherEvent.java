package dev.barevirt.api.launcher;

import org.jspecify.annotations.Nullable;

/** What a launcher says by itself to those who subscribed, in the order in which it happened. */
public sealed interface LauncherEvent {

  /** The event's name on the wire. */
  String wireName();

  /** The guest's report changed. */
  record ReportChanged(GuestReport report) implements LauncherEvent {
    /** The name on the wire. */
    public static final String NAME = "REPORT_CHANGED";

    @Override
    public String wireName() {
      return NAME;
    }
  }

  /**
   * Something happened that is worth a line in a list of events.
   *
   * @param sequence rises with each happening
   * @param time when, in RFC 3339
   * @param type one CamelCase word
   * @param message one sentence, when the word does not say it all
   */
  record Happened(long sequence, String time, String type, @Nullable String message)
      implements LauncherEvent {
    /** The name on the wire. */
    public static final String NAME = "HAPPENED";

    @Override
    public String wireName() {
      return NAME;
    }
  }
}
