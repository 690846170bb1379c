package dev.barevirt.launcher.os;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A child of this process. It is reaped by {@link Children}, who started it, and by nobody else.
 */
public final class RunningProcess implements SupervisedProcess {
  private final ProcessIdentity identity;
  private final Pidfd pidfd;
  private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();

  RunningProcess(ProcessIdentity identity, Pidfd pidfd) {
    this.identity = identity;
    this.pidfd = pidfd;
  }

  @Override
  public ProcessIdentity identity() {
    return identity;
  }

  @Override
  public CompletionStage<ExitStatus> onExit() {
    return exit.minimalCompletionStage();
  }

  @Override
  public Optional<ExitStatus> awaitExit(Duration limit) {
    try {
      return Optional.of(exit.get(limit.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException running) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException lost) {
      throw new IllegalStateException("lost sight of process " + pid(), lost);
    }
  }

  @Override
  public boolean signal(Signal signal) {
    synchronized (pidfd) {
      return !exit.isDone() && pidfd.signal(signal);
    }
  }

  /** Sends a signal to the process and all that it started in its own group. */
  public boolean signalGroup(Signal signal) {
    synchronized (pidfd) {
      // The leader is not reaped while the lock is held, so its group still has its number.
      return !exit.isDone() && Syscall.KILL.call(-pid(), signal.number()) == 0;
    }
  }

  @Override
  public boolean isAlive() {
    return !exit.isDone();
  }

  Pidfd pidfd() {
    return pidfd;
  }

  /** Runs {@code reap}, which consumes the zombie, and tells everybody who waits. */
  void ended(Reap reap) {
    ExitStatus status;
    synchronized (pidfd) {
      status = reap.reap();
      pidfd.close();
    }
    exit.complete(status);
  }

  /** The act after which the child's number may be used again. */
  @FunctionalInterface
  interface Reap {
    ExitStatus reap();
  }
}
