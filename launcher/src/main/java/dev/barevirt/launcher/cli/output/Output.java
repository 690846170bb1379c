package dev.barevirt.launcher.cli.output;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The only way anything reaches the user: results on stdout in the format asked for, everything
 * else on stderr. May be used from any thread; a line is written in one piece.
 */
public final class Output {
  private final PrintStream out;
  private final PrintStream err;
  private final Terminal terminal;
  private volatile Style style = new Style(Format.TABLE, false, false, false);

  public Output(PrintStream out, PrintStream err, Terminal terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /**
   * What the global options ask for.
   *
   * @param format of printed objects
   * @param quiet no notes, no progress
   * @param color allowed where the stream is a terminal
   * @param jsonLog notes and errors as one JSON object a line
   */
  public record Style(Format format, boolean quiet, boolean color, boolean jsonLog) {}

  /** Takes the global options once they are parsed. */
  public void style(Style asked) {
    style = asked;
  }

  /** The format objects are printed in. */
  public Format format() {
    return style.format();
  }

  /** Which streams are terminals. */
  public Terminal terminal() {
    return terminal;
  }

  /**
   * Where progress and notes are drawn in place: stderr is a terminal and nobody asked for silence.
   */
  boolean animated() {
    return terminal.error() && !style.quiet() && !style.jsonLog();
  }

  /** One line of result. */
  public void line(String text) {
    out.println(text);
    out.flush();
  }

  /** Result text as it is, without a line end of its own. */
  public void text(String text) {
    out.print(text);
    out.flush();
  }

  /** Raw result bytes, for a console or a file. */
  public OutputStream bytes() {
    return out;
  }

  /** Raw bytes for stderr, for a guest command's own error stream. */
  public OutputStream errorBytes() {
    return err;
  }

  /** Objects in the format asked for; JSON and YAML print a list. */
  public <T> void objects(View<T> view, List<T> rows) {
    switch (format()) {
      case TABLE -> table(view, rows, false);
      case WIDE -> table(view, rows, true);
      case JSON -> line(Json.pretty(rows.stream().map(view.tree()).toList()));
      case YAML -> text(Yaml.document(rows.stream().map(view.tree()).toList()));
      case NAME -> rows.forEach(row -> line(view.name().apply(row)));
    }
  }

  /** One object; JSON and YAML print it without a list around it. */
  public <T> void object(View<T> view, T row) {
    switch (format()) {
      case JSON -> line(Json.pretty(view.tree().apply(row)));
      case YAML -> text(Yaml.document(view.tree().apply(row)));
      case TABLE, WIDE, NAME -> objects(view, List.of(row));
    }
  }

  /** A document that has no table: JSON when asked for, else YAML. */
  public void document(Object tree) {
    if (format() == Format.JSON) {
      line(Json.pretty(tree));
    } else {
      text(Yaml.document(tree));
    }
  }

  /** One JSON document on one line, for streams of objects. */
  public void jsonLine(Object tree) {
    line(Json.line(tree));
  }

  private <T> void table(View<T> view, List<T> rows, boolean wide) {
    List<Column<T>> columns =
        view.columns().stream().filter(column -> wide || !column.wideOnly()).toList();
    List<String> lines = Table.render(columns, rows);
    line(paint(terminal.output(), "1", lines.getFirst()));
    lines.subList(1, lines.size()).forEach(this::line);
  }

  /** Something worth knowing on the way, on stderr; silent with {@code --quiet}. */
  public void note(String text) {
    if (!style.quiet()) {
      log("info", text, Map.of());
    }
  }

  /** Something odd that does not stop the command, on stderr. */
  public void warn(String text) {
    if (style.jsonLog()) {
      log("warn", text, Map.of());
    } else {
      err.println(paint(terminal.error(), "33", "warning: ") + text);
    }
  }

  /** A failed command: the sentence, its details, what to do. */
  public void failure(CliFailure failure) {
    if (style.jsonLog()) {
      Map<String, Object> more = new LinkedHashMap<>();
      more.put("code", failure.code().number());
      more.put("reason", failure.code().name());
      more.put("details", failure.details());
      more.put("advice", failure.advice());
      log("error", failure.sentence(), more);
      return;
    }
    err.println(paint(terminal.error(), "31", "launcher: ") + Text.printable(failure.sentence()));
    failure.details().forEach(line -> err.println("  " + Text.printable(line)));
    if (!failure.advice().isEmpty()) {
      err.println("  → " + failure.advice());
    }
    err.flush();
  }

  /** The stack trace of a defect, for a report. */
  public void trace(Throwable thrown) {
    thrown.printStackTrace(err);
  }

  private void log(String level, String text, Map<String, Object> more) {
    if (!style.jsonLog()) {
      err.println(text);
      return;
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("level", level);
    object.put("message", text);
    object.putAll(more);
    err.println(Json.line(object));
  }

  /** Begins something that may take longer than a second; close it when it is over. */
  public Progress progress(String doing, ScheduledExecutorService ticks) {
    return new Progress(this, doing, ticks);
  }

  /** Draws over the current line of a terminal's stderr; an empty text wipes it. */
  void redraw(String text) {
    err.print("\r\u001b[K" + text);
    err.flush();
  }

  /** One plain progress line. */
  void progressLine(String doing, Duration since) {
    note(doing + " (" + Text.age(since) + ")");
  }

  boolean quiet() {
    return style.quiet();
  }

  private String paint(boolean stream, String code, String text) {
    return stream && style.color() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
