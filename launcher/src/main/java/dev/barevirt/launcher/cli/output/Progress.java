package dev.barevirt.launcher.cli.output;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Says what is being waited for once it has taken a second: drawn in place on a terminal, else a
 * line at growing intervals. Closing it wipes what was drawn.
 */
public final class Progress implements AutoCloseable {
  private static final long FIRST_MILLIS = 1_000;
  private static final long TERMINAL_MILLIS = 250;
  private static final Duration LINE_INTERVAL = Duration.ofSeconds(10);

  private final Output output;
  private final long begun = System.nanoTime();
  private final ScheduledFuture<?> ticking;
  private volatile String doing;
  private Duration lastLine = Duration.ZERO;
  private boolean drawn;
  private boolean closed;

  Progress(Output output, String doing, ScheduledExecutorService ticks) {
    this.output = output;
    this.doing = doing;
    long period = output.animated() ? TERMINAL_MILLIS : LINE_INTERVAL.toMillis();
    this.ticking =
        ticks.scheduleAtFixedRate(this::tick, FIRST_MILLIS, period, TimeUnit.MILLISECONDS);
  }

  /** Changes what is being waited for. */
  public void say(String now) {
    doing = now;
  }

  private synchronized void tick() {
    if (closed || output.quiet()) {
      return;
    }
    Duration since = Duration.ofNanos(System.nanoTime() - begun);
    if (output.animated()) {
      output.redraw(doing + "… " + Text.age(since));
      drawn = true;
    } else if (lastLine.isZero()
        || since.minus(lastLine).compareTo(LINE_INTERVAL.dividedBy(2)) > 0) {
      output.progressLine(doing, since);
      lastLine = since;
    }
  }

  /** Stops talking and wipes the line. */
  @Override
  public synchronized void close() {
    closed = true;
    ticking.cancel(false);
    if (drawn) {
      output.redraw("");
    }
  }
}
