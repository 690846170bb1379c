package dev.barevirt.launcher.guest;

import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whoever is told what happens to a guest. */
final class Audience {
  private static final Logger LOG = LoggerFactory.getLogger(Audience.class);

  private final List<Consumer<LauncherEvent>> subscribers = new CopyOnWriteArrayList<>();

  void add(Consumer<LauncherEvent> subscriber) {
    subscribers.add(subscriber);
  }

  void remove(Consumer<LauncherEvent> subscriber) {
    subscribers.remove(subscriber);
  }

  /** Tells everybody; one who cannot be told is not told anything again. */
  void tell(LauncherEvent event) {
    subscribers.forEach(subscriber -> tell(subscriber, event));
  }

  /** Answers with the first of the reports to come that is as somebody wants it. */
  void await(Predicate<GuestReport> wanted, CompletableFuture<GuestReport> answer) {
    subscribers.add(
        new Consumer<>() {
          @Override
          public void accept(LauncherEvent event) {
            if (event instanceof LauncherEvent.ReportChanged(GuestReport report)
                && wanted.test(report)) {
              subscribers.remove(this);
              answer.complete(report);
            }
          }
        });
  }

  private void tell(Consumer<LauncherEvent> subscriber, LauncherEvent event) {
    try {
      subscriber.accept(event);
    } catch (RuntimeException broken) {
      LOG.warn("a subscriber could not be told and is dropped: {}", broken.getMessage());
      subscribers.remove(subscriber);
    }
  }
}
