package dev.barevirt.launcher.os;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A process that was running before we were, such as the QEMU of a launcher that crashed. */
public final class AdoptedProcess implements SupervisedProcess, AutoCloseable {
  private static final ExitStatus GONE = new ExitStatus.Unknown();
  private static final Duration WATCH_STEP = Duration.ofMinutes(10);

  private final ProcessIdentity identity;
  private final Pidfd pidfd;
  private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();

  private AdoptedProcess(ProcessIdentity identity, Pidfd pidfd) {
    this.identity = identity;
    this.pidfd = pidfd;
  }

  /** The very process of that identity, if it still runs. */
  public static Optional<AdoptedProcess> find(ProcessIdentity identity) {
    Optional<Pidfd> opened = Pidfd.open(identity.pid());
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    Pidfd pidfd = opened.get();
    // Asked after the descriptor is held: if the number now belongs to another, the start differs.
    boolean same = ProcessIdentity.of(identity.pid()).filter(identity::equals).isPresent();
    if (!same || !pidfd.isAlive()) {
      pidfd.close();
      return Optional.empty();
    }
    return Optional.of(new AdoptedProcess(identity, pidfd));
  }

  /** Starts the thread that completes {@link #onExit}; without it one has to ask. */
  public AdoptedProcess watched() {
    Thread.ofPlatform()
        .daemon()
        .name("watch-" + identity.pid())
        .start(
            () -> {
              while (!pidfd.awaitExit(WATCH_STEP)) {
                // A step without news: wait on. The kernel wakes us when it ends.
              }
              exit.complete(GONE);
            });
    return this;
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
    return pidfd.awaitExit(limit) ? Optional.of(GONE) : Optional.empty();
  }

  @Override
  public boolean signal(Signal signal) {
    return pidfd.signal(signal);
  }

  @Override
  public boolean isAlive() {
    return pidfd.isAlive();
  }

  /** Forgets the process, which runs on. Not for a {@link #watched} one that still runs. */
  @Override
  public void close() {
    pidfd.close();
  }
}
