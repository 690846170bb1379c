package dev.barevirt.launcher.rpc;

import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.launcher.guest.GuestConversation;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.guest.Ticker;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Freezes a guest's file systems for a while. Whoever wanted that may be gone when the time is
 * over, and a guest that stays frozen hangs, so the launcher thaws it by itself.
 */
final class FreezeGuard {
  private static final Logger LOG = LoggerFactory.getLogger(FreezeGuard.class);
  private static final Duration AGAIN = Duration.ofSeconds(10);

  private final Ticker ticker;
  private final Supplier<GuestConversation> agent;
  private Ticker.@Nullable Alarm alarm; // while something is frozen for a while only

  /**
   * A guard of one guest.
   *
   * @param agent the guest's agent at that moment; throws {@link GuestException} when no guest runs
   */
  FreezeGuard(Ticker ticker, Supplier<GuestConversation> agent) {
    this.ticker = ticker;
    this.agent = agent;
  }

  /**
   * Freezes, and thaws after a time unless somebody did before.
   *
   * @param thawAfter how long; for ever when absent
   */
  int freeze(@Nullable Duration thawAfter) throws InterruptedException {
    GuestConversation guest = agent.get();
    // Set before: a freeze that is answered late has happened all the same.
    set(thawAfter);
    try {
      return guest.freeze();
    } catch (GuestException refused) {
      if (refused.fault() != LauncherFault.TIMED_OUT) {
        set(null);
      }
      throw refused;
    }
  }

  /** Thaws. */
  int thaw() throws InterruptedException {
    int thawed = agent.get().thaw();
    set(null);
    return thawed;
  }

  private synchronized void set(@Nullable Duration delay) {
    if (alarm != null) {
      alarm.cancel();
    }
    alarm =
        delay == null
            ? null
            : ticker.after(delay, () -> Thread.ofVirtual().name("thaw").start(this::thawForgotten));
  }

  private void thawForgotten() {
    try {
      LOG.warn("thawing {} file systems that nobody thawed in time", thaw());
    } catch (GuestException failed) {
      boolean gone = failed.fault() == LauncherFault.CONFLICT;
      LOG.warn("file systems stay frozen: {}", failed.getMessage());
      set(gone ? null : AGAIN);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
