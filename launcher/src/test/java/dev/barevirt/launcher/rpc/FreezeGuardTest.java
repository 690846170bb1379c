package dev.barevirt.launcher.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.api.launcher.AgentReport;
import dev.barevirt.api.launcher.LauncherCommand.AgentExec;
import dev.barevirt.api.launcher.LauncherCommand.AgentExecStatus;
import dev.barevirt.api.launcher.LauncherCommand.AgentFileRead;
import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.launcher.guest.GuestConversation;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.guest.ManualTicker;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FreezeGuardTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ManualTicker ticker = new ManualTicker();
  private final Agent agent = new Agent();
  private final FreezeGuard guard = new FreezeGuard(ticker, () -> agent);

  @Test
  void thawsWhatNobodyThawedInTime() throws Exception {
    assertThat(guard.freeze(MINUTE)).isEqualTo(2);
    ticker.advance(MINUTE.minusSeconds(1));
    assertThat(agent.next()).isEqualTo("freeze");
    assertThat(agent.done).isEmpty();

    ticker.advance(Duration.ofSeconds(1));

    assertThat(agent.next()).isEqualTo("thaw");
  }

  @Test
  void leavesThemFrozenWhenNoTimeIsGiven() throws Exception {
    guard.freeze(null);
    ticker.advance(Duration.ofDays(1));

    assertThat(agent.done).containsExactly("freeze");
  }

  @Test
  void doesNothingWhenTheyWereThawedBefore() throws Exception {
    guard.freeze(MINUTE);
    guard.thaw();
    ticker.advance(MINUTE);

    assertThat(agent.done).containsExactly("freeze", "thaw");
  }

  @Test
  void aLaterFreezeHasItsOwnTime() throws Exception {
    guard.freeze(MINUTE);
    guard.freeze(MINUTE.multipliedBy(3));
    ticker.advance(MINUTE.multipliedBy(2));
    assertThat(agent.done).containsExactly("freeze", "freeze");

    ticker.advance(MINUTE);
    agent.next();
    agent.next();

    assertThat(agent.next()).isEqualTo("thaw");
  }

  @Test
  void aRefusedFreezeIsOverAndALateOneIsNot() throws Exception {
    agent.refuses = GuestException.failed("no");
    assertThatThrownBy(() -> guard.freeze(MINUTE)).hasMessage("no");
    ticker.advance(MINUTE);
    assertThat(agent.done).isEmpty();

    agent.refuses = new GuestException(LauncherFault.TIMED_OUT, "late");
    assertThatThrownBy(() -> guard.freeze(MINUTE)).hasMessage("late");
    agent.refuses = null;
    ticker.advance(MINUTE);

    assertThat(agent.next()).isEqualTo("thaw");
  }

  /** An agent that notes what it is asked, or refuses. */
  private static final class Agent implements GuestConversation {
    private final BlockingQueue<String> done = new LinkedBlockingQueue<>();
    private volatile @Nullable GuestException refuses;

    String next() throws InterruptedException {
      return String.valueOf(done.poll(10, TimeUnit.SECONDS));
    }

    private int does(String what) {
      GuestException refused = refuses;
      if (refused != null) {
        throw refused;
      }
      done.add(what);
      return 2;
    }

    @Override
    public int freeze() {
      return does("freeze");
    }

    @Override
    public int thaw() {
      return does("thaw");
    }

    @Override
    public AgentExec.Started exec(AgentExec program) {
      throw new AssertionError("not asked here");
    }

    @Override
    public AgentExecStatus.Status status(long pid) {
      throw new AssertionError("not asked here");
    }

    @Override
    public long open(String path, String mode) {
      throw new AssertionError("not asked here");
    }

    @Override
    public AgentFileRead.Piece read(long handle, int count) {
      throw new AssertionError("not asked here");
    }

    @Override
    public void write(long handle, String data) {
      throw new AssertionError("not asked here");
    }

    @Override
    public void close(long handle) {
      throw new AssertionError("not asked here");
    }

    @Override
    public AgentReport info() {
      throw new AssertionError("not asked here");
    }

    @Override
    public void setPassword(String user, String password) {
      throw new AssertionError("not asked here");
    }
  }
}
