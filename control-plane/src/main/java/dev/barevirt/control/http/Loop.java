package dev.barevirt.control.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** The thread that carries bytes of connections; one is enough. */
public final class Loop implements AutoCloseable {
  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(false));

  Vertx vertx() {
    return vertx;
  }

  @Override
  public void close() {
    vertx.close();
  }
}
