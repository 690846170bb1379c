package dev.barevirt.qmp.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;

/**
 * The last words of a conversation: a ring of recent lines for a report after a stall or a crash.
 * Payloads that may hold secrets never enter it. Safe from any thread.
 */
public final class Transcript {
  /** Which way a line went. */
  public enum Direction {
    /** We said it. */
    SENT,
    /** We heard it. */
    RECEIVED
  }

  /**
   * One remembered line.
   *
   * @param at when, by our clock
   * @param direction which way it went
   * @param text the line, shortened and without secrets
   */
  public record Entry(Instant at, Direction direction, String text) {
    @Override
    public String toString() {
      return at + (direction == Direction.SENT ? " > " : " < ") + text;
    }
  }

  /** Commands whose arguments and replies may hold passwords, keys or a guest's files. */
  private static final Set<String> SECRET =
      Set.of(
          "set_password",
          "change-vnc-password",
          "human-monitor-command",
          "guest-set-user-password",
          "guest-ssh-add-authorized-keys",
          "guest-ssh-get-authorized-keys",
          "guest-exec",
          "guest-exec-status",
          "guest-file-read",
          "guest-file-write");

  private static final int LONGEST_LINE = 1024;
  private static final int ENTRY_COST = 64;

  @SuppressWarnings("ArrayRecordComponent") // never compared; bytes take half of what chars take
  private record Line(long atMillis, Direction direction, byte[] text) {}

  private final int size;
  private final ArrayDeque<Line> lines = new ArrayDeque<>();
  private int used;

  Transcript(int size) {
    this.size = size;
  }

  /** Whether a command's payload is never remembered. */
  static boolean isSecret(String command) {
    return SECRET.contains(command);
  }

  void sent(byte[] line) {
    add(Direction.SENT, line, line.length);
  }

  void received(byte[] line) {
    add(Direction.RECEIVED, line, line.length);
  }

  void hidden(Direction direction, String what, int length) {
    byte[] text = (what + " (" + length + " bytes hidden)").getBytes(StandardCharsets.UTF_8);
    add(direction, text, text.length);
  }

  private synchronized void add(Direction direction, byte[] line, int length) {
    if (size == 0) {
      return;
    }
    int kept = Math.min(length, LONGEST_LINE);
    byte[] text = new byte[kept];
    System.arraycopy(line, 0, text, 0, kept);
    lines.add(new Line(System.currentTimeMillis(), direction, text));
    used += kept + ENTRY_COST;
    while (used > size && !lines.isEmpty()) {
      used -= lines.removeFirst().text().length + ENTRY_COST;
    }
  }

  /** What is remembered, oldest first. */
  public synchronized List<Entry> entries() {
    return lines.stream()
        .map(
            l ->
                new Entry(
                    Instant.ofEpochMilli(l.atMillis()),
                    l.direction(),
                    new String(l.text(), StandardCharsets.UTF_8).stripTrailing()))
        .toList();
  }
}
