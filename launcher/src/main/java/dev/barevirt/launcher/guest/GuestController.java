package dev.barevirt.launcher.guest;

import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one owner of a guest's state. Whatever happens comes through its mailbox and is judged by the
 * table of a guest's life; what the table wants done is left to the driver. Everybody may read the
 * newest report at any time without waiting.
 */
public final class GuestController implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GuestController.class);

  private final Ticker ticker;
  private final Mailbox mailbox;
  private final MachineDriver driver;
  private final Audience audience = new Audience();

  // Owned by the mailbox's thread.
  private GuestState state = new GuestState.Idle();
  private Instant changedAt;
  private @Nullable Instant startedAt; // none before the guest ran
  private long sequence;

  // Read by everybody.
  private volatile @Nullable StartOrder order; // none before the first start
  private volatile GuestReport report;

  /** A controller with no guest. */
  public GuestController(MachineStarter starter, Ticker ticker) {
    this.ticker = ticker;
    this.mailbox = new Mailbox("guest");
    this.driver = new MachineDriver(starter, ticker, mailbox, new Ear());
    this.changedAt = ticker.now();
    this.report = write();
  }

  /** The clock it goes by. */
  public Ticker ticker() {
    return ticker;
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
    mailbox.post(
        () -> {
          if (state.phase().isAlive()) {
            done.completeExceptionally(
                GuestException.conflict("cannot start the guest: it is " + phaseWord()));
            return;
          }
          order = asked;
          startedAt =
              switch (asked) {
                case StartOrder.Adopt(_, Instant since) -> since;
                case StartOrder.Boot _, StartOrder.Restore _ -> null;
              };
          take(new GuestInput.StartRequested(asked));
          answer(now -> now.phase() != GuestPhase.STARTING, done);
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
    post(new GuestInput.ShutdownRequested(grace));
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
    post(new GuestInput.KillRequested(force));
  }

  /** Ends QEMU because its state is in a file. */
  public void saved() {
    post(new GuestInput.Saved());
  }

  /** Waits until there is no QEMU any more, and what it leaves behind is cleaned up. */
  public GuestReport awaitEnd() throws InterruptedException {
    CompletableFuture<GuestReport> done = new CompletableFuture<>();
    mailbox.post(() -> answer(now -> !now.phase().isAlive(), done));
    return Waits.get(done);
  }

  /**
   * Waits until a guest has come and gone.
   *
   * @param unused how long nobody may ask for one
   */
  public GuestReport awaitFinish(Duration unused) throws InterruptedException {
    CompletableFuture<GuestReport> begun = new CompletableFuture<>();
    mailbox.post(() -> answer(now -> now.phase() != GuestPhase.IDLE, begun));
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
    return driver
        .machine()
        .orElseThrow(() -> GuestException.conflict("cannot " + what + ": QEMU is not up yet"))
        .operations();
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
    mailbox.post(
        () -> {
          audience.add(subscriber);
          done.complete(report);
        });
    return Waits.get(done);
  }

  /** Tells a subscriber nothing more. */
  public void unsubscribe(Consumer<LauncherEvent> subscriber) {
    audience.remove(subscriber);
  }

  /** Ends the controller; a machine is left as it is. */
  @Override
  public void close() {
    mailbox.post(driver::disarm);
    mailbox.close();
  }

  private String phaseWord() {
    return report.phase().name().toLowerCase(Locale.ROOT);
  }

  private void post(GuestInput input) {
    mailbox.post(() -> take(input));
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
    step.effects().forEach(driver::perform);
    if (!before.equals(state)) {
      if (before.phase() != state.phase() || before.reason() != state.reason()) {
        happened(ReportWriter.eventType(state), state.message());
      }
      publish();
    }
  }

  private void happened(String type, @Nullable String message) {
    sequence++;
    audience.tell(new LauncherEvent.Happened(sequence, ticker.now().toString(), type, message));
  }

  private void publish() {
    sequence++;
    report = write();
    audience.tell(new LauncherEvent.ReportChanged(report));
  }

  private GuestReport write() {
    return ReportWriter.write(sequence, order, state, driver.facts(), changedAt, startedAt);
  }

  /** Answers now or with a later report. */
  private void answer(Predicate<GuestReport> wanted, CompletableFuture<GuestReport> answer) {
    if (wanted.test(report)) {
      answer.complete(report);
    } else {
      audience.await(wanted, answer);
    }
  }

  /** Hears what comes of what the driver does. */
  private final class Ear implements MachineDriver.Owner {
    @Override
    public void take(GuestInput input) {
      GuestController.this.take(input);
    }

    @Override
    public void publish() {
      GuestController.this.publish();
    }

    @Override
    public void happened(String type, @Nullable String message) {
      GuestController.this.happened(type, message);
    }
  }
}
