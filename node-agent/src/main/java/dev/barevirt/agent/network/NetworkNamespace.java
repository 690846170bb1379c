package dev.barevirt.agent.network;

import dev.barevirt.qmp.wire.OwnedFd;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A pod's network namespace. What runs in it runs on a platform thread of its own, which enters the
 * namespace and never comes back: a virtual thread would leave its carrier there.
 */
final class NetworkNamespace implements AutoCloseable {
  /** Work in a namespace. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws InterruptedException;
  }

  private final OwnedFd namespace;

  NetworkNamespace(OwnedFd namespace) {
    this.namespace = namespace;
  }

  /** Does some work in the namespace and waits for it. */
  <T> T inside(Work<T> work) throws InterruptedException {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              NativeCalls.enterNetwork(namespace);
              return work.run();
            });
    Thread thread = Thread.ofPlatform().name("pod-network").start(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof NetworkException known) {
        throw known;
      }
      throw new NetworkException("work in a pod's network failed", e);
    } finally {
      thread.interrupt();
      thread.join();
    }
  }

  @Override
  public void close() {
    namespace.close();
  }
}
