package dev.barevirt.virtctl.output;

import dev.barevirt.api.json.RecordWriter;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;

/** Where results and notes go, and where what is typed comes from. */
public final class Output {
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  /** The three streams of a process. */
  public Output(InputStream in, PrintStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /** A line of a result. */
  public void line(String text) {
    out.print(text + "\n");
    out.flush();
  }

  /** A text of a result as it is. */
  public void text(String text) {
    out.print(text);
    out.flush();
  }

  /** An object as JSON for people. */
  public void json(Map<String, ?> object) {
    line(RecordWriter.toPrettyJson(object));
  }

  /** A line beside the result. */
  public void note(String text) {
    err.print(text + "\n");
    err.flush();
  }

  /** The stream of results, for bytes. */
  public OutputStream bytes() {
    return out;
  }

  /** What is typed. */
  public InputStream input() {
    return in;
  }
}
