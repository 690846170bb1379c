package dev.barevirt.launcher.qemu;

import dev.barevirt.api.launcher.CredentialReport;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.launcher.credential.AccessCredentials;
import dev.barevirt.launcher.credential.AgentAccounts;
import dev.barevirt.launcher.credential.GivenSecrets;
import dev.barevirt.launcher.credential.SecretFiles;
import dev.barevirt.launcher.disk.DiskException;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.guest.MachineListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the keys and passwords of a guest's users as the secrets say: gives them to the guest's
 * agent each time one comes, and again what has changed in the meantime. What the agent refuses is
 * tried again.
 */
final class CredentialKeeper implements AutoCloseable {
  private static final Duration STEP = Duration.ofSeconds(10);

  private final AccessCredentials credentials;
  private final SecretFiles secrets;
  private final MachineListener listener;
  private final Duration step;
  private final Semaphore news = new Semaphore(0);
  private volatile boolean closed;
  private volatile @Nullable AgentLink came; // an agent that has been given nothing yet
  private volatile @Nullable CredentialReport report; // null before the first agent

  // Owned by the keeper's thread: what the agent in the guest was given.
  private final Map<String, List<String>> keys = new HashMap<>();
  private final Map<String, String> passwords = new HashMap<>();
  private @Nullable AgentLink agent;

  /**
   * A keeper of what a request names.
   *
   * @param step how often the secrets are looked at
   */
  CredentialKeeper(
      AccessCredentials credentials, SecretFiles secrets, MachineListener listener, Duration step) {
    this.credentials = credentials;
    this.secrets = secrets;
    this.listener = listener;
    this.step = step;
  }

  /** A keeper for a guest, at work when there is something to keep. */
  static CredentialKeeper of(GuestRequest request, MachineListener listener) {
    var credentials = new AccessCredentials(request.vmi().spec().accessCredentials());
    return new CredentialKeeper(credentials, GivenSecrets.of(request), listener, STEP).begun();
  }

  CredentialKeeper begun() {
    if (credentials.needAgent()) {
      Thread.ofVirtual().name("credentials").start(this::keep);
    }
    return this;
  }

  /** How the agent took them; null before there was one, or when it has no part in them. */
  @Nullable CredentialReport report() {
    return report;
  }

  /** An agent answers that may be new: the guest may have been booted from a fresh disk. */
  void agentCame(AgentLink newcomer) {
    came = newcomer;
    news.release();
  }

  @Override
  public void close() {
    closed = true;
    news.release();
  }

  private void keep() {
    try {
      while (!closed) {
        if (news.tryAcquire(step.toMillis(), TimeUnit.MILLISECONDS)) {
          news.drainPermits();
          welcome();
        }
        AgentLink listening = agent;
        if (!closed && listening != null && listening.last().connected()) {
          look(listening);
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void welcome() {
    AgentLink newcomer = came;
    if (newcomer != null) {
      came = null;
      agent = newcomer;
      keys.clear();
      passwords.clear();
    }
  }

  private void look(AgentLink listening) throws InterruptedException {
    List<String> failures = new ArrayList<>();
    try {
      AgentAccounts wanted = credentials.agentAccounts(secrets);
      for (Map.Entry<String, List<String>> user : wanted.keys().entrySet()) {
        give(keys, user, listening::setAuthorizedKeys, failures);
      }
      for (Map.Entry<String, String> user : wanted.passwords().entrySet()) {
        give(passwords, user, listening::setPassword, failures);
      }
    } catch (DiskException unread) {
      failures.add(String.valueOf(unread.getMessage()));
    }
    tell(failures);
  }

  private static <T> void give(
      Map<String, T> given, Map.Entry<String, T> wanted, Giving<T> giving, List<String> failures)
      throws InterruptedException {
    if (wanted.getValue().equals(given.get(wanted.getKey()))) {
      return;
    }
    try {
      giving.give(wanted.getKey(), wanted.getValue());
      given.put(wanted.getKey(), wanted.getValue());
    } catch (GuestException refused) {
      failures.add("user " + wanted.getKey() + ": " + refused.getMessage());
    }
  }

  private void tell(List<String> failures) {
    var now =
        new CredentialReport(
            failures.isEmpty(), failures.isEmpty() ? null : String.join("; ", failures));
    if (!Objects.equals(now, report)) {
      report = now;
      String type =
          now.synchronised() ? "AccessCredentialsSyncSuccess" : "AccessCredentialsSyncFailed";
      listener.happened(type, now.message());
      listener.changed();
    }
  }

  /** Gives something to a user of the guest. */
  @FunctionalInterface
  private interface Giving<T> {
    void give(String user, T value) throws InterruptedException;
  }
}
