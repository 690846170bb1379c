package dev.barevirt.launcher.os;

import dev.barevirt.qmp.wire.OwnedFd;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Starts children and reaps them. An ordinary process reaps only what it started here, so that the
 * JDK's own children are left alone; as PID 1 it reaps every orphan that is given to it as well,
 * and then {@link ProcessBuilder} must not be used beside it.
 */
public final class Children {
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final long WATCH_STACK_BYTES = 64 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Semaphore started = new Semaphore(0);
  private final Map<Long, RunningProcess> children = new ConcurrentHashMap<>();
  private final boolean reapsOrphans;

  private Children(boolean reapsOrphans) {
    this.reapsOrphans = reapsOrphans;
    if (reapsOrphans) {
      thread("reaper", this::reapForEver);
    }
  }

  /** What suits this process: PID 1 inherits the orphans of its container. */
  public static Children ofThisProcess() {
    return new Children(ProcessHandle.current().pid() == 1);
  }

  /** For a process that inherits orphans without being PID 1 (a "child subreaper"). */
  static Children reapingOrphans() {
    return new Children(true);
  }

  /** Starts a child; its exit is known as soon as it happens. */
  public RunningProcess start(SpawnRequest request) {
    Map<Integer, OwnedFd> sources = new HashMap<>();
    try {
      // Copies above every number of the child, so that no dup2 overwrites the source of a later
      // one; they are closed on exec by themselves.
      int above =
          request.descriptors().keySet().stream().mapToInt(number -> number + 1).max().orElse(0);
      request
          .descriptors()
          .forEach((number, fd) -> sources.put(number, duplicate(fd, Math.max(3, above))));
      return startWith(request, sources);
    } finally {
      sources.values().forEach(OwnedFd::close);
    }
  }

  private static OwnedFd duplicate(OwnedFd fd, int lowest) {
    return OwnedFd.of(
        (int) Syscall.FCNTL.orThrow("duplicate " + fd, fd.number(), F_DUPFD_CLOEXEC, lowest));
  }

  private RunningProcess startWith(SpawnRequest request, Map<Integer, OwnedFd> sources) {
    RunningProcess child;
    lock.lock(); // the reaper must not consume a child before it is known
    try {
      long pid = PosixSpawn.spawn(request, sources);
      Pidfd pidfd = Pidfd.open(pid).orElseThrow(); // an unreaped child keeps its number
      child = new RunningProcess(ProcessIdentity.of(pid).orElseThrow(), pidfd);
      children.put(pid, child);
      started.release();
    } finally {
      lock.unlock();
    }
    if (!reapsOrphans) {
      thread(
          "wait-" + child.pid(),
          () -> {
            Waitid.untilEnded(child.pidfd());
            reap(child);
          });
    }
    return child;
  }

  private void reap(RunningProcess child) {
    children.remove(child.pid());
    child.ended(() -> Waitid.reap(child.pid()));
  }

  private void reapForEver() {
    while (!Thread.currentThread().isInterrupted()) {
      Waitid.Ended ended = Waitid.untilAnyEnded();
      if (ended.pid() == 0) {
        awaitChild();
        continue;
      }
      RunningProcess child;
      lock.lock();
      try {
        child = children.get(ended.pid());
      } finally {
        lock.unlock();
      }
      if (child != null) {
        reap(child);
      } else {
        ExitStatus orphan = Waitid.reap(ended.pid());
        assert !(orphan instanceof ExitStatus.Unknown);
      }
    }
  }

  /**
   * Without any child there is nothing to block on; orphans can come at any time, so look again.
   */
  private void awaitChild() {
    try {
      boolean _ = started.tryAcquire(1, TimeUnit.SECONDS); // either way there may be a child now
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void thread(String name, Runnable task) {
    Thread.ofPlatform().daemon().name(name).stackSize(WATCH_STACK_BYTES).start(task);
  }
}
