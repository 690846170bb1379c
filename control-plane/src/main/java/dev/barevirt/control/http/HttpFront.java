package dev.barevirt.control.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves HTTPS and websockets on one port. Each request is answered on a virtual thread; what is
 * read of it before is capped in size and time. HTTP/2 is off: its streams and resets would need
 * caps of their own.
 */
public final class HttpFront implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
  private static final String SUBPROTOCOL = "plain.kubevirt.io";
  private static final int LARGEST_HEADERS = 64 << 10;
  private static final int LARGEST_FRAME = 1 << 20;
  private static final int MOST_REQUESTS = 512;
  private static final Duration WHOLE_REQUEST = Duration.ofSeconds(30);
  private static final Duration IDLE = Duration.ofMinutes(5);

  private final Vertx vertx;
  private final HttpServer server;
  private final HttpHandler handler;
  private final int largestBody;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places = new Semaphore(MOST_REQUESTS);

  private HttpFront(
      Vertx vertx, Address address, Supplier<TlsIdentity> identity, HttpHandler handler) {
    this.vertx = vertx;
    this.handler = handler;
    this.largestBody = address.largestBody();
    this.server =
        vertx
            .createHttpServer(options(address, identity))
            .requestHandler(this::receive)
            .exceptionHandler(
                failure -> LOG.atDebug().setCause(failure).log("a connection was not made"));
  }

  /**
   * Where a front listens.
   *
   * @param host the address
   * @param port the port; any free one when 0
   * @param largestBody how many bytes a request has at most
   */
  public record Address(String host, int port, int largestBody) {}

  /** Listens, and answers until it is closed. */
  public static HttpFront open(
      Loop loop, Address address, Supplier<TlsIdentity> identity, HttpHandler handler) {
    HttpFront front = new HttpFront(loop.vertx(), address, identity, handler);
    Waiting.on(front.server.listen(), WHOLE_REQUEST, "listening on port " + address.port());
    return front;
  }

  /** The port it listens on. */
  public int port() {
    return server.actualPort();
  }

  private static HttpServerOptions options(Address address, Supplier<TlsIdentity> identity) {
    return new HttpServerOptions()
        .setHost(address.host())
        .setPort(address.port())
        .setSsl(true)
        .setUseAlpn(false)
        .setKeyCertOptions(KeyCertOptions.wrap(new CurrentKey(identity)))
        .setClientAuth(ClientAuth.REQUEST)
        .setTrustOptions(TrustOptions.wrap(new AnyClient()))
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
        .setTcpKeepAlive(true)
        .setIdleTimeout((int) IDLE.toSeconds())
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setMaxHeaderSize(LARGEST_HEADERS)
        .setMaxWebSocketFrameSize(LARGEST_FRAME)
        .setMaxWebSocketMessageSize(LARGEST_FRAME)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setWebSocketSubProtocols(List.of(SUBPROTOCOL));
  }

  private void receive(HttpServerRequest request) {
    if (!places.tryAcquire()) {
      send(request.response(), Answer.text(503, "too many requests at once"));
      return;
    }
    boolean stream = request.canUpgradeToWebSocket();
    if (stream) {
      request.pause();
      answer(request, HttpRequest.Kind.STREAM, Payload.EMPTY);
    } else {
      collect(request);
    }
  }

  private void collect(HttpServerRequest request) {
    Buffer body = Buffer.buffer();
    long deadline =
        vertx.setTimer(
            WHOLE_REQUEST.toMillis(),
            _ -> {
              LOG.atDebug().log("a request was not sent in time");
              request.connection().close();
            });
    Once over = new Once(places::release);
    request.exceptionHandler(
        _ -> {
          vertx.cancelTimer(deadline);
          over.run();
        });
    request.handler(
        bytes -> {
          if (body.length() + bytes.length() > largestBody) {
            vertx.cancelTimer(deadline);
            request.handler(_ -> {});
            over.run();
            send(request.response().putHeader("Connection", "close"), tooLarge());
            request.connection().close();
          } else {
            body.appendBuffer(bytes);
          }
        });
    request.endHandler(
        _ -> {
          vertx.cancelTimer(deadline);
          if (over.claim()) {
            answer(request, HttpRequest.Kind.PLAIN, Payload.of(body.getBytes()));
          }
        });
  }

  private Answer.Whole tooLarge() {
    return Answer.text(413, "a request has " + largestBody + " bytes at most");
  }

  private void answer(HttpServerRequest request, HttpRequest.Kind kind, Payload body) {
    HttpRequest asked = asked(request, kind, body);
    var context = vertx.getOrCreateContext();
    threads.execute(
        () -> {
          Answer answer;
          try {
            answer = handler.answer(asked);
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            answer = Answer.text(503, "the server is about to stop");
          } catch (RuntimeException e) {
            LOG.atError().addKeyValue("path", asked.path()).setCause(e).log("request failed");
            answer = Answer.text(500, "Internal error occurred");
          } finally {
            places.release();
          }
          Answer found = answer;
          context.runOnContext(_ -> deliver(request, found));
        });
  }

  private void deliver(HttpServerRequest request, Answer answer) {
    switch (answer) {
      case Answer.Whole whole -> {
        send(request.response(), whole);
        request.resume();
      }
      case Answer.Stream(Peer peer, Liveness liveness) ->
          request
              .toWebSocket()
              .onSuccess(
                  client -> {
                    client.pause();
                    Relay.start(vertx, client, peer, liveness);
                  })
              .onFailure(
                  failure -> {
                    LOG.atDebug().setCause(failure).log("a client does not take its stream");
                    peer.close();
                  });
    }
  }

  private static void send(HttpServerResponse response, Answer.Whole whole) {
    if (response.closed() || response.ended()) {
      return;
    }
    response.setStatusCode(whole.code());
    response.putHeader("X-Content-Type-Options", "nosniff"); // a guest's picture is no page
    if (!whole.contentType().isEmpty()) {
      response.putHeader("Content-Type", whole.contentType());
    }
    Future<Void> sent = response.end(Buffer.buffer(whole.body().bytes()));
    sent.onFailure(failure -> LOG.atDebug().setCause(failure).log("an answer was not taken"));
  }

  private static HttpRequest asked(HttpServerRequest request, HttpRequest.Kind kind, Payload body) {
    String target = request.uri();
    int mark = target.indexOf('?');
    return new HttpRequest(
        request.method().name(),
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? "" : target.substring(mark + 1),
        headers(request.headers()),
        body,
        chain(request.sslSession()),
        kind);
  }

  private static Map<String, List<String>> headers(MultiMap sent) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    sent.forEach(
        header ->
            headers
                .computeIfAbsent(header.getKey().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                .add(header.getValue()));
    return headers;
  }

  private static List<X509Certificate> chain(@Nullable SSLSession session) {
    if (session == null) {
      return List.of();
    }
    try {
      Certificate[] shown = session.getPeerCertificates();
      return Arrays.stream(shown).map(X509Certificate.class::cast).toList();
    } catch (SSLPeerUnverifiedException _) {
      return List.of();
    }
  }

  @Override
  public void close() {
    server.close();
    threads.shutdownNow();
  }
}
