package dev.barevirt.launcher.qemu;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the facts about the usual QEMU before anybody needs them, while a launcher that has just
 * begun still waits for its request. Who asks first gets them; later ones ask anew, for a host
 * changes.
 */
public final class EarlyHostFacts implements HostFactsSource {
  private final HostFactsSource source;
  private final AtomicReference<@Nullable CompletableFuture<HostProbe.Findings>> early;

  private EarlyHostFacts(HostFactsSource source, CompletableFuture<HostProbe.Findings> early) {
    this.source = source;
    this.early = new AtomicReference<>(early);
  }

  /** Begins to ask. */
  public static EarlyHostFacts of(HostFactsSource source) {
    CompletableFuture<HostProbe.Findings> early = new CompletableFuture<>();
    Thread.ofVirtual().name("host-facts").start(() -> ask(source, early));
    return new EarlyHostFacts(source, early);
  }

  private static void ask(HostFactsSource source, CompletableFuture<HostProbe.Findings> early) {
    try {
      early.complete(source.facts(null));
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      early.cancel(false);
    } catch (RuntimeException refused) {
      early.completeExceptionally(refused);
    }
  }

  @Override
  public HostProbe.Findings facts(@Nullable String qemuBinary) throws InterruptedException {
    CompletableFuture<HostProbe.Findings> begun = early.getAndSet(null);
    if (begun == null || qemuBinary != null) {
      return source.facts(qemuBinary);
    }
    try {
      return begun.get();
    } catch (ExecutionException failed) {
      return source.facts(null); // which fails in its own words, if it still does
    }
  }
}
