package dev.barevirt.launcher.disk;

import dev.barevirt.launcher.disk.DiskException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs programs as plain JVM children, for tools that inherit no descriptor. */
public final class ChildProcessRunner implements ProgramRunner {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final long DRAIN_SECONDS = 5;

  @Override
  public Finished run(Call call) throws InterruptedException {
    Process child = start(call);
    var output = new CappedReader(child.getInputStream(), call.outputLimit());
    var errors = new CappedReader(child.getErrorStream(), call.outputLimit());
    try {
      if (!child.waitFor(call.deadline().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new DiskException(
            Reason.TIMED_OUT,
            "%s did not end within %d s"
                .formatted(call.argv().getFirst(), call.deadline().toSeconds()));
      }
      return Finished.of(
          child.exitValue(), output.bytes(), errors.bytes(), output.cut() || errors.cut());
    } finally {
      child.destroyForcibly();
    }
  }

  private static Process start(Call call) {
    var builder = new ProcessBuilder(call.argv());
    builder.environment().clear();
    builder.environment().put("PATH", PATH);
    builder.environment().put("LC_ALL", "C");
    try {
      Process child = builder.start();
      child.getOutputStream().close();
      return child;
    } catch (IOException e) {
      throw new DiskException(
          Reason.TOOL_FAILED, "%s cannot be started".formatted(call.argv().getFirst()), e);
    }
  }

  /** Keeps the first bytes of a stream and throws the rest away, so that the child never blocks. */
  private static final class CappedReader {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private final int limit;

    CappedReader(InputStream from, int limit) {
      this.limit = limit;
      Thread.ofVirtual().name("program-output").start(() -> drain(from));
    }

    private void drain(InputStream from) {
      boolean cut = false;
      try (from) {
        byte[] buffer = new byte[8192];
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
          int room = limit - kept.size();
          kept.write(buffer, 0, Math.min(room, n));
          cut |= n > room;
        }
      } catch (IOException e) {
        cut = true;
      }
      done.complete(cut);
    }

    byte[] bytes() throws InterruptedException {
      cut();
      return kept.toByteArray();
    }

    boolean cut() throws InterruptedException {
      try {
        return done.get(DRAIN_SECONDS, TimeUnit.SECONDS);
      } catch (java.util.concurrent.TimeoutException e) {
        throw new DiskException(Reason.TIMED_OUT, "a child keeps the output of its parent open", e);
      } catch (java.util.concurrent.ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
