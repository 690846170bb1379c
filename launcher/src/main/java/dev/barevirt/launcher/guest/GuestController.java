package dev.barevirt.launcher.guest;

import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherEvent;
import dev.barevirt.api.launcher.LauncherFault;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one owner of a guest's state. Whatever happens comes through its mailbox, which one virtual
 * thread empties; what takes time is done on threads of its own and reports back to the mailbox.
 * Everybody may read the newest report at any time without waiting.
 */
public final class GuestController implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GuestController.class);

  private final MachineStarter starter;
  private final Ticker ticker;
  private final LinkedBlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
  private final List<Consumer<LauncherEvent>> subscribers = new CopyOnWriteArrayList<>();
  private final Map<Deadline, Ticker.Alarm> alarms = new EnumMap<>(Deadline.class);
  private final Thread worker;

  // Owned by the worker.
  private GuestState state = new GuestState.Idle();
  private volatile @Nullable StartOrder order; // none before the first start; read by everybody
  private @Nullable GuestMachine machine; // none while there is no QEMU
  private @Nullable Thread starting; // only while QEMU is being started
  private Instant changedAt;
  private @Nullable Instant startedAt; // none before the guest ran
  private long sequence;
  private MachineFacts facts = ReportWriter.NO_FACTS;

  // Read by everybody.
  private volatile GuestReport report;
  private volatile @Nullable GuestMachine reachable; // the machine, for operations

  /** A controller with no guest. */
  public GuestController(MachineStarter starter, Ticker ticker) {
    this.starter = starter;
    this.ticker = ticker;
    this.changedAt = ticker.now();
    this.report = write();
    this.worker = Thread.ofVirtual().name("guest").start(this::work);
  }

  /** What is known; never waits. */
  public GuestReport report() {
    return report;
  }

  /**
   * Starts the guest and waits until it runs.
   *
   * @throws GuestException when it cannot be started, or there is one already
   */
  public GuestReport start(StartOrder asked) throws InterruptedException {
    CompletableFuture<GuestReport> done = new CompletableFuture<>();
    post(
        () -> {
          if (state.phase().isAlive()) {
            done.completeExceptionally(
                GuestException.conflict("cannot start the guest: it is " + phaseWord()));
            return;
          }
          order = asked;
          startedAt = null;
          facts = ReportWriter.NO_FACTS;
          take(new GuestInput.StartRequested());
          whenPhaseLeaves(GuestPhase.STARTING, done);
        });
    GuestReport begun = Waits.get(done);
    if (begun.phase() == GuestPhase.FAILED) {
      String message = begun.message();
      throw GuestException.failed(message == null ? "the guest could not be started" : message);
    }
    return begun;
  }

  /** Asks the guest to switch itself off, and ends it when the grace period is over. */
  public void shutdown(Duration grace) {
    requireAlive("shut the guest down");
    post(() -> take(new GuestInput.ShutdownRequested(grace)));
  }

  /** How long the guest itself asks to be waited for, when it says so. */
  public Optional<Duration> grace() {
    return Optional.ofNullable(order)
        .map(asked -> asked.request().vmi().spec().terminationGracePeriodSeconds())
        .map(Duration::ofSeconds);
  }

  /** Ends QEMU. */
  public void kill(boolean force) {
    requireAlive("kill the guest");
    post(() -> take(new GuestInput.KillRequested(force)));
  }

  /** Ends QEMU because its state is in a file. */
  public void saved() {
    post(() -> take(new GuestInput.Saved()));
  }

  /** Waits until there is no QEMU any more, and what it leaves behind is cleaned up. */
  public GuestReport awaitEnd() throws InterruptedException {
    CompletableFuture<GuestReport> done = new CompletableFuture<>();
    post(() -> whenEnded(done));
    return Waits.get(done);
  }

  /**
   * Waits until a guest has come and gone.
   *
   * @param unused how long nobody may ask for one
   */
  public GuestReport awaitFinish(Duration unused) throws InterruptedException {
    CompletableFuture<GuestReport> begun = new CompletableFuture<>();
    post(() -> whenPhaseLeaves(GuestPhase.IDLE, begun));
    begun.completeOnTimeout(report, unused.toMillis(), TimeUnit.MILLISECONDS);
    Waits.get(begun);
    return awaitEnd();
  }

  /**
   * The machine's operations.
   *
   * @param what the act, for the message when there is no machine
   */
  public MachineOperations operations(String what) {
    requireAlive(what);
    GuestMachine now = reachable;
    if (now == null) {
      throw GuestException.conflict("cannot " + what + ": QEMU is not up yet");
    }
    return now.operations();
  }

  /** Whether an operation that needs a running or paused guest may be tried now. */
  public void requireAlive(String what) {
    if (!report.phase().isAlive()) {
      throw GuestException.conflict("cannot " + what + ": it is " + phaseWord());
    }
  }

  /**
   * Tells a subscriber everything from now on, in order.
   *
   * @return the report that the first event follows
   */
  public GuestReport subscribe(Consumer<LauncherEvent> subscriber) throws InterruptedException {
    CompletableFuture<GuestReport> done = new CompletableFuture<>();
    post(
        () -> {
          subscribers.add(subscriber);
          done.complete(report);
        });
    return Waits.get(done);
  }

  /** Tells a subscriber nothing more. */
  public void unsubscribe(Consumer<LauncherEvent> subscriber) {
    subscribers.remove(subscriber);
  }

  /** Ends the controller; a machine is left as it is. */
  @Override
  public void close() {
    worker.interrupt();
  }

  private String phaseWord() {
    return report.phase().name().toLowerCase(java.util.Locale.ROOT);
  }

  private void post(Runnable message) {
    mailbox.add(message);
  }

  private void work() {
    try {
      while (true) {
        Runnable message = mailbox.take();
        try {
          message.run();
        } catch (RuntimeException defect) {
          LOG.error("something about the guest could not be done", defect);
        }
      }
    } catch (InterruptedException closed) {
      alarms.values().forEach(Ticker.Alarm::cancel);
    }
  }

  /** Lets the table decide, then does what it says. */
  private void take(GuestInput input) {
    GuestState before = state;
    Step step = GuestLifecycle.next(state, input);
    state = step.state();
    if (!before.equals(state)) {
      LOG.info("guest {} -> {} on {}", before, state, input.getClass().getSimpleName());
      changedAt = ticker.now();
      if (state.phase() == GuestPhase.RUNNING && startedAt == null) {
        startedAt = changedAt;
      }
    }
    step.effects().forEach(this::perform);
    if (!before.equals(state)) {
      if (before.phase() != state.phase() || before.reason() != state.reason()) {
        happened(ReportWriter.eventType(state), state.message());
      }
      publish();
    }
  }

  private void perform(GuestEffect effect) {
    switch (effect) {
      case GuestEffect.StartMachine _ -> startMachine();
      case GuestEffect.AbortStart _ -> {
        if (starting != null) {
          starting.interrupt();
        }
      }
      case GuestEffect.Powerdown press ->
          act("press the power button", m -> m.powerdown(press.throughAgent()));
      case GuestEffect.Unpause _ -> act("let the processors run", GuestMachine::run);
      case GuestEffect.Quit _ -> act("tell QEMU to quit", GuestMachine::quit);
      case GuestEffect.Terminate _ -> act("send SIGTERM", GuestMachine::terminate);
      case GuestEffect.Kill _ -> act("send SIGKILL", GuestMachine::kill);
      case GuestEffect.Arm arm -> arm(arm);
      case GuestEffect.Disarm _ -> {
        alarms.values().forEach(Ticker.Alarm::cancel);
        alarms.clear();
      }
      case GuestEffect.CleanUp _ -> cleanUp();
    }
  }

  private void arm(GuestEffect.Arm arm) {
    Ticker.Alarm alarm =
        ticker.after(
            arm.after(), () -> post(() -> take(new GuestInput.DeadlinePassed(arm.deadline()))));
    Ticker.Alarm earlier = alarms.put(arm.deadline(), alarm);
    if (earlier != null) {
      earlier.cancel();
    }
  }

  private void startMachine() {
    StartOrder wanted = order;
    if (wanted == null) {
      throw new IllegalStateException("a start without an order");
    }
    Ear ear = new Ear();
    starting =
        Thread.ofVirtual()
            .name("start")
            .start(
                () -> {
                  try {
                    GuestMachine started = starter.start(wanted, ear);
                    post(() -> started(started));
                  } catch (GuestException refused) {
                    post(() -> failed(wanted, refused.getMessage()));
                  } catch (InterruptedException aborted) {
                    post(() -> failed(wanted, "starting was given up"));
                  } catch (RuntimeException defect) {
                    LOG.error("starting the guest failed", defect);
                    post(() -> failed(wanted, "cannot start the guest: " + defect));
                  }
                });
  }

  private void started(GuestMachine begun) {
    machine = begun;
    reachable = begun;
    starting = null;
    facts = begun.facts();
    GuestReason pausedBecause = begun.pausedBecause().orElse(null);
    take(new GuestInput.MachineStarted(pausedBecause));
    if (state.phase() == GuestPhase.RUNNING) {
      begin(begun);
    }
  }

  private void begin(GuestMachine begun) {
    Thread.ofVirtual()
        .name("begin")
        .start(
            () -> {
              try {
                begun.run();
              } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
              } catch (RuntimeException refused) {
                notBegun(refused);
              }
            });
  }

  /** When QEMU is gone its exit explains more than that it did not answer. */
  private void notBegun(RuntimeException refused) {
    if (refused instanceof GuestException gone && gone.fault() == LauncherFault.CONFLICT) {
      return;
    }
    String message = "the guest's processors could not be started: " + refused.getMessage();
    post(() -> take(new GuestInput.MachineFailed(GuestReason.START_FAILED, message)));
  }

  private void failed(StartOrder wanted, @Nullable String message) {
    starting = null;
    GuestReason reason =
        wanted instanceof StartOrder.Adopt ? GuestReason.UNKNOWN : GuestReason.START_FAILED;
    take(
        new GuestInput.MachineFailed(
            reason, message == null ? "the guest could not be started" : message));
  }

  private void cleanUp() {
    GuestMachine gone = machine;
    if (gone == null) {
      return;
    }
    facts = gone.facts();
    machine = null;
    reachable = null;
    try {
      gone.cleanUp();
    } catch (RuntimeException left) {
      LOG.warn("something of the guest was left behind", left);
    }
  }

  /** Does something that takes time; a failure is told and changes nothing: deadlines follow. */
  private void act(String what, Act act) {
    GuestMachine target = machine;
    if (target == null) {
      return;
    }
    Thread.ofVirtual()
        .name(what)
        .start(
            () -> {
              try {
                act.on(target);
              } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
              } catch (RuntimeException failure) {
                LOG.warn("could not {}: {}", what, failure.getMessage());
              }
            });
  }

  private void happened(String type, @Nullable String message) {
    sequence++;
    tell(new LauncherEvent.Happened(sequence, ticker.now().toString(), type, message));
  }

  private void publish() {
    sequence++;
    if (machine != null) {
      facts = machine.facts();
    }
    report = write();
    tell(new LauncherEvent.ReportChanged(report));
  }

  private void tell(LauncherEvent event) {
    subscribers.forEach(subscriber -> tell(subscriber, event));
  }

  private void tell(Consumer<LauncherEvent> subscriber, LauncherEvent event) {
    try {
      subscriber.accept(event);
    } catch (RuntimeException broken) {
      LOG.warn("a subscriber could not be told and is dropped: {}", broken.getMessage());
      subscribers.remove(subscriber);
    }
  }

  private GuestReport write() {
    return ReportWriter.write(sequence, order, state, facts, changedAt, startedAt);
  }

  private void whenPhaseLeaves(GuestPhase phase, CompletableFuture<GuestReport> done) {
    whenTrue(now -> now.phase() != phase, done);
  }

  private void whenEnded(CompletableFuture<GuestReport> done) {
    whenTrue(now -> !now.phase().isAlive(), done);
  }

  private void whenTrue(
      java.util.function.Predicate<GuestReport> condition, CompletableFuture<GuestReport> done) {
    if (condition.test(report)) {
      done.complete(report);
      return;
    }
    Consumer<LauncherEvent> watch =
        new Consumer<>() {
          @Override
          public void accept(LauncherEvent event) {
            if (event instanceof LauncherEvent.ReportChanged changed
                && condition.test(changed.report())) {
              subscribers.remove(this);
              done.complete(changed.report());
            }
          }
        };
    subscribers.add(watch);
  }

  /** Something done to a machine. */
  @FunctionalInterface
  private interface Act {
    void on(GuestMachine machine) throws InterruptedException;
  }

  /** Puts what the machine says into the mailbox. */
  private final class Ear implements MachineListener {
    @Override
    public void news(GuestNews news) {
      post(() -> take(new GuestInput.QemuSaid(news)));
    }

    @Override
    public void changed() {
      post(GuestController.this::publish);
    }

    @Override
    public void happened(String type, @Nullable String message) {
      post(() -> GuestController.this.happened(type, message));
    }

    @Override
    public void exited(QemuExit exit) {
      post(() -> take(new GuestInput.QemuExited(exit)));
    }
  }
}
