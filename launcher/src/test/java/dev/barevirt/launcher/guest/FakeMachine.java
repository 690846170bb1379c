package dev.barevirt.launcher.guest;

import dev.barevirt.api.launcher.GuestReason;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A machine that only notes what is done to it, and the starter that hands it out. */
class FakeMachine implements GuestMachine, MachineStarter {
  final BlockingQueue<String> done = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<MachineListener> listener = new LinkedBlockingQueue<>();
  private final Optional<String> refusal;

  FakeMachine() {
    this(Optional.empty());
  }

  private FakeMachine(Optional<String> refusal) {
    this.refusal = refusal;
  }

  static FakeMachine refusing(String message) {
    return new FakeMachine(Optional.of(message));
  }

  /** The next thing that was done. */
  String next() throws InterruptedException {
    String act = done.poll(10, TimeUnit.SECONDS);
    if (act == null) {
      throw new AssertionError("nothing was done to the machine");
    }
    return act;
  }

  MachineListener listener() throws InterruptedException {
    return listener.take();
  }

  @Override
  public GuestMachine start(StartOrder order, MachineListener told) {
    refusal.ifPresent(
        message -> {
          throw GuestException.failed(message);
        });
    listener.add(told);
    return this;
  }

  @Override
  public MachineFacts facts() {
    return ReportWriter.NO_FACTS;
  }

  @Override
  public Optional<GuestReason> pausedBecause() {
    return Optional.empty();
  }

  @Override
  public void run() {
    done.add("run");
  }

  @Override
  public void powerdown(boolean throughAgent) {
    done.add(throughAgent ? "powerdown through agent" : "powerdown");
  }

  @Override
  public void quit() {
    done.add("quit");
  }

  @Override
  public void terminate() {
    done.add("terminate");
  }

  @Override
  public void kill() {
    done.add("kill");
  }

  @Override
  public MachineOperations operations() {
    throw new UnsupportedOperationException("a fake machine has no operations");
  }

  @Override
  public void cleanUp() {
    done.add("clean up");
  }
}
