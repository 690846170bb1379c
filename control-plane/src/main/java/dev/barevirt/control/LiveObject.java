package dev.barevirt.control;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one object of the cluster says, as it is now. While the object is gone or cannot be read,
 * what it said before counts.
 *
 * @param <V> what it says
 */
final class LiveObject<V> implements Supplier<V>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveObject.class);

  private final String name;
  private final CompletableFuture<V> first = new CompletableFuture<>();
  private final SharedIndexInformer<?> informer;
  private volatile Optional<V> current = Optional.empty();

  private <T extends HasMetadata> LiveObject(
      Resource<T> object, String name, Function<T, V> reading) {
    this.name = name;
    this.informer = object.inform(new Reader<>(reading));
  }

  /** Follows an object. */
  static <T extends HasMetadata, V> LiveObject<V> follow(
      Resource<T> object, String name, Function<T, V> reading) {
    return new LiveObject<>(object, name, reading);
  }

  private final class Reader<T extends HasMetadata> implements ResourceEventHandler<T> {
    private final Function<T, V> reading;

    Reader(Function<T, V> reading) {
      this.reading = reading;
    }

    @Override
    public void onAdd(T added) {
      read(added);
    }

    @Override
    public void onUpdate(T before, T after) {
      read(after);
    }

    @Override
    public void onDelete(T deleted, boolean finalStateUnknown) {
      LOG.atWarn().addKeyValue("object", name).log("object is gone, its last content counts");
    }

    private void read(T object) {
      try {
        V value = reading.apply(object);
        current = Optional.of(value);
        first.complete(value);
      } catch (RuntimeException e) {
        LOG.atError().addKeyValue("object", name).setCause(e).log("object cannot be read");
      }
    }
  }

  /** Waits until the object has been there once. */
  LiveObject<V> await(Duration deadline) throws InterruptedException {
    try {
      first.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      return this;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          name + " was not there within " + deadline.toSeconds() + " s", e);
    }
  }

  @Override
  public V get() {
    return current.orElseThrow(() -> new IllegalStateException(name + " is not there"));
  }

  @Override
  public void close() {
    informer.close();
  }
}
