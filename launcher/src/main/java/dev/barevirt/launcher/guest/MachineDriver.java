package dev.barevirt.launcher.guest;

import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.LauncherFault;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what the table of a guest's life says, and passes on what comes of it. Its methods are
 * called by the mailbox's thread and never wait: what takes time is done on threads of its own,
 * which report back to the mailbox.
 */
final class MachineDriver {
  private static final Logger LOG = LoggerFactory.getLogger(MachineDriver.class);

  private final MachineStarter starter;
  private final Ticker ticker;
  private final Mailbox mailbox;
  private final Owner owner;
  private final Map<Deadline, Ticker.Alarm> alarms = new EnumMap<>(Deadline.class);
  private final List<Runnable> early = new ArrayList<>(); // said before the start was done
  private @Nullable Thread starting; // only while QEMU is being started
  private MachineFacts lastFacts = ReportWriter.NO_FACTS; // of the machine that is gone
  private volatile @Nullable GuestMachine machine; // none while there is no QEMU; read by everybody

  MachineDriver(MachineStarter starter, Ticker ticker, Mailbox mailbox, Owner owner) {
    this.starter = starter;
    this.ticker = ticker;
    this.mailbox = mailbox;
    this.owner = owner;
  }

  /** Is told what comes of what is done, on the mailbox's thread. */
  interface Owner {
    /** Something happened that the table has to judge. */
    void take(GuestInput input);

    /** What {@link MachineDriver#facts()} answers has changed. */
    void publish();

    /** Something happened that is worth a line in the list of events. */
    void happened(String type, @Nullable String message);
  }

  /** The machine, while there is one; anybody may ask. */
  Optional<GuestMachine> machine() {
    return Optional.ofNullable(machine);
  }

  /** What is known about the machine, or about the one that was there last. */
  MachineFacts facts() {
    return machine().map(GuestMachine::facts).orElse(lastFacts);
  }

  void perform(GuestEffect effect) {
    switch (effect) {
      case GuestEffect.StartMachine(StartOrder order) -> start(order);
      case GuestEffect.AbortStart _ -> {
        if (starting != null) {
          starting.interrupt();
        }
      }
      case GuestEffect.Begin _ -> begin();
      case GuestEffect.Powerdown press ->
          act("press the power button", m -> m.powerdown(press.throughAgent()));
      case GuestEffect.Unpause _ -> act("let the processors run", GuestMachine::run);
      case GuestEffect.Quit _ -> act("tell QEMU to quit", GuestMachine::quit);
      case GuestEffect.Terminate _ -> act("send SIGTERM", GuestMachine::terminate);
      case GuestEffect.Kill _ -> act("send SIGKILL", GuestMachine::kill);
      case GuestEffect.Arm arm -> arm(arm);
      case GuestEffect.Disarm _ -> disarm();
      case GuestEffect.CleanUp _ -> cleanUp();
    }
  }

  /** Forgets all deadlines. */
  void disarm() {
    alarms.values().forEach(Ticker.Alarm::cancel);
    alarms.clear();
  }

  private void arm(GuestEffect.Arm arm) {
    GuestInput passed = new GuestInput.DeadlinePassed(arm.deadline());
    Ticker.Alarm alarm = ticker.after(arm.after(), () -> post(passed));
    Ticker.Alarm earlier = alarms.put(arm.deadline(), alarm);
    if (earlier != null) {
      earlier.cancel();
    }
  }

  private void start(StartOrder order) {
    lastFacts = ReportWriter.NO_FACTS;
    starting = Thread.ofVirtual().name("start").start(() -> attempt(order));
  }

  private void attempt(StartOrder order) {
    try {
      GuestMachine started = starter.start(order, new Ear());
      mailbox.post(() -> started(started));
    } catch (GuestException refused) {
      notStarted(order, refused.getMessage());
    } catch (InterruptedException aborted) {
      notStarted(order, "starting was given up");
    } catch (RuntimeException defect) {
      LOG.error("starting the guest failed", defect);
      notStarted(order, "cannot start the guest: " + defect);
    }
  }

  private void started(GuestMachine begun) {
    machine = begun;
    starting = null;
    owner.take(new GuestInput.MachineStarted(begun.pausedBecause().orElse(null)));
    List<Runnable> said = List.copyOf(early);
    early.clear();
    said.forEach(Runnable::run);
  }

  private void notStarted(StartOrder order, @Nullable String message) {
    GuestReason reason =
        switch (order) {
          case StartOrder.Adopt _ -> GuestReason.UNKNOWN;
          case StartOrder.Boot _, StartOrder.Restore _ -> GuestReason.START_FAILED;
        };
    String sentence = message == null ? "the guest could not be started" : message;
    mailbox.post(
        () -> {
          starting = null;
          early.clear();
          owner.take(new GuestInput.MachineFailed(reason, sentence));
        });
  }

  private void begin() {
    attempt("begin", GuestMachine::run, this::notBegun);
  }

  /** When QEMU is gone its exit explains more than that it did not answer. */
  private void notBegun(RuntimeException refused) {
    if (refused instanceof GuestException gone && gone.fault() == LauncherFault.CONFLICT) {
      return;
    }
    String message = "the guest's processors could not be started: " + refused.getMessage();
    post(new GuestInput.MachineFailed(GuestReason.START_FAILED, message));
  }

  private void cleanUp() {
    GuestMachine gone = machine;
    if (gone == null) {
      return;
    }
    lastFacts = gone.facts();
    machine = null;
    try {
      gone.cleanUp();
    } catch (RuntimeException left) {
      LOG.warn("something of the guest was left behind", left);
    }
  }

  /** Does something that takes time; a failure is told and changes nothing: deadlines follow. */
  private void act(String what, Act act) {
    attempt(what, act, failure -> LOG.warn("could not {}: {}", what, failure.getMessage()));
  }

  private void attempt(String what, Act act, Consumer<RuntimeException> otherwise) {
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
                otherwise.accept(failure);
              }
            });
  }

  private void post(GuestInput input) {
    mailbox.post(() -> owner.take(input));
  }

  /** Something done to a machine. */
  @FunctionalInterface
  private interface Act {
    void on(GuestMachine machine) throws InterruptedException;
  }

  /** Puts what a machine says into the mailbox; it is heard after that the machine was started. */
  private final class Ear implements MachineListener {
    @Override
    public void news(GuestNews news) {
      heard(() -> owner.take(new GuestInput.QemuSaid(news)));
    }

    @Override
    public void changed() {
      heard(owner::publish);
    }

    @Override
    public void happened(String type, @Nullable String message) {
      heard(() -> owner.happened(type, message));
    }

    @Override
    public void exited(QemuExit exit) {
      heard(() -> owner.take(new GuestInput.QemuExited(exit)));
    }

    private void heard(Runnable said) {
      mailbox.post(
          () -> {
            if (starting == null) {
              said.run();
            } else {
              early.add(said);
            }
          });
    }
  }
}
