package dev.barevirt.launcher.rpc;

import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.qmp.wire.OwnedFd;
import dev.barevirt.qmp.wire.WireException;
import dev.barevirt.qmp.wire.WireRequest;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Reads requests, has them done, and words what goes wrong; counts those that still wait. */
final class Answers {
  private static final int MOST = 1 << 16;

  private final Semaphore waiting = new Semaphore(MOST);

  /** Does what a command asks and answers its request. */
  @FunctionalInterface
  interface Doing {
    void answer(WireRequest request, LauncherCommand<?> command) throws InterruptedException;
  }

  void give(WireRequest request, Doing doing) throws InterruptedException {
    waiting.acquire();
    try {
      LauncherCommand<?> command = Contract.command(request.name(), request.arguments());
      if (!(command instanceof LauncherCommand.TakeDescriptors)) {
        request.descriptors().forEach(OwnedFd::close);
      }
      doing.answer(request, command);
    } catch (GuestException refused) {
      request.fail(refused.fault().name(), String.valueOf(refused.getMessage()));
    } catch (WireException.Refused refused) {
      request.fail(LauncherFault.FAILED.name(), String.valueOf(refused.getMessage()));
    } catch (WireException.TimedOut late) {
      request.fail(LauncherFault.TIMED_OUT.name(), String.valueOf(late.getMessage()));
    } catch (WireException.Unreachable | WireException.Overflow trouble) {
      request.fail(LauncherFault.FAILED.name(), String.valueOf(trouble.getMessage()));
    } finally {
      waiting.release();
    }
  }

  /** Waits until everybody who asked something has been answered, but not for ever. */
  void awaitGiven(Duration limit) throws InterruptedException {
    boolean _ = waiting.tryAcquire(MOST, limit.toMillis(), TimeUnit.MILLISECONDS);
  }
}
