package dev.barevirt.agent.stream;

import dev.barevirt.agent.vmi.GuestCallException;
import dev.barevirt.agent.vmi.GuestLink;
import dev.barevirt.api.launcher.LauncherCommand.OpenStream.Stream;
import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.qmp.wire.ByteStream;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTPS front that the API talks to. Only a client with a certificate of the cluster's own
 * authority, made out to the API's role, is heard. A console or a display has one viewer: the next
 * one closes the former.
 */
public final class AgentServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AgentServer.class);
  private static final String CLIENT = "CN=kubevirt.io:system:client:virt-handler";
  private static final Duration OPEN_STREAM = Duration.ofSeconds(10);
  private static final long LOOK_AGAIN_SECONDS = 10;
  private static final int LARGEST_FRAME = 1 << 20;

  private final BiFunction<String, String, Optional<GuestLink>> launchers;
  private final Path server;
  private final Path authorities;
  private final AtomicReference<ServerIdentity> identity;
  private final Vertx vertx;
  private final HttpServer http;
  private final Viewers viewers = new Viewers();
  private final ScheduledExecutorService renewal =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("certificates").factory());

  private AgentServer(
      BiFunction<String, String, Optional<GuestLink>> launchers, Path server, Path authorities)
      throws IOException {
    this.launchers = launchers;
    this.server = server;
    this.authorities = authorities;
    ServerIdentity first = ServerIdentity.read(server, authorities);
    this.identity = new AtomicReference<>(first);
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1));
    var options = first.options();
    this.http =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setClientAuth(options.getClientAuth())
                    .setKeyCertOptions(options.getKeyCertOptions())
                    .setTrustOptions(options.getTrustOptions())
                    .setMaxWebSocketFrameSize(LARGEST_FRAME)
                    .setMaxWebSocketMessageSize(LARGEST_FRAME)
                    .addWebSocketSubProtocol("plain.kubevirt.io"))
            .requestHandler(this::answer);
  }

  /**
   * Begins to serve.
   *
   * @param launchers finds the launcher of an instance by namespace and name
   * @param server the directory with tls.crt and tls.key
   * @param authorities the file with the certificates of the authorities that clients are believed
   *     by
   */
  public static AgentServer start(
      String host,
      int port,
      BiFunction<String, String, Optional<GuestLink>> launchers,
      Path server,
      Path authorities)
      throws IOException {
    AgentServer made = new AgentServer(launchers, server, authorities);
    try {
      var _ = made.http.listen(port, host).await(OPEN_STREAM.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      made.close();
      throw new IOException("cannot listen on " + host + ":" + port, e);
    }
    var _ =
        made.renewal.scheduleWithFixedDelay(
            made::renew, LOOK_AGAIN_SECONDS, LOOK_AGAIN_SECONDS, TimeUnit.SECONDS);
    return made;
  }

  /** The port it listens on. */
  public int port() {
    return http.actualPort();
  }

  /** Takes up files that were exchanged; connections that are open stay. */
  void renew() {
    try {
      ServerIdentity now = ServerIdentity.read(server, authorities);
      if (!now.equals(identity.getAndSet(now))) {
        var _ =
            http.updateSSLOptions(now.options())
                .onComplete(
                    _ -> LOG.info("new certificates are in use"),
                    refused -> LOG.atWarn().setCause(refused).log("new certificates are no good"));
      }
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("the certificates cannot be read; the present ones stay");
    }
  }

  /** On the event loop. */
  private void answer(HttpServerRequest request) {
    Optional<AgentPath> path = AgentPath.parse(String.valueOf(request.path()));
    if (!isTheApi(request.sslSession())) {
      send(request, AgentAnswer.failure(403, "Forbidden", "only the API is served here"));
    } else if (path.isEmpty()) {
      send(request, AgentAnswer.failure(404, "NotFound", "there is nothing at this path"));
    } else if (path.get().verb().isEmpty()) {
      String sentence = path.get().word() + " is not supported by the agent of this node";
      send(request, AgentAnswer.failure(400, "BadRequest", sentence));
    } else {
      answer(request, path.get(), path.get().verb().get());
    }
  }

  private void answer(HttpServerRequest request, AgentPath path, AgentPath.Verb verb) {
    if (!request.method().name().equals(verb.method())) {
      send(request, AgentAnswer.failure(405, "MethodNotAllowed", "this needs another method"));
      return;
    }
    var _ = request.pause();
    Context context = vertx.getOrCreateContext();
    Thread.ofVirtual().name("api-request").start(() -> serve(request, path, verb, context));
  }

  private static boolean isTheApi(SSLSession session) {
    try {
      Principal peer = session.getPeerPrincipal();
      return peer.getName().equals(CLIENT) || peer.getName().startsWith(CLIENT + ",");
    } catch (SSLPeerUnverifiedException _) {
      return false;
    }
  }

  private void serve(
      HttpServerRequest request, AgentPath path, AgentPath.Verb verb, Context context) {
    try {
      Optional<GuestLink> link = launchers.apply(path.namespace(), path.name());
      if (link.isEmpty()) {
        answerLater(request, AgentAnswer.notHere(path), context);
        return;
      }
      switch (verb) {
        case CONSOLE -> open(request, path, link.get(), Stream.CONSOLE, context);
        case VNC -> open(request, path, link.get(), Stream.VNC, context);
        case USBREDIR -> open(request, path, link.get(), Stream.USB_REDIRECTION, context);
        case SCREENSHOT -> {
          Buffer picture = Screenshot.take(link.get(), flag(request, "moveCursor"), renewal);
          answerLater(request, AgentAnswer.png(picture), context);
        }
        case PAUSE,
            UNPAUSE,
            RESET,
            SOFTREBOOT,
            FREEZE,
            UNFREEZE,
            GUESTOSINFO,
            USERLIST,
            FILESYSTEMLIST ->
            answerLater(
                request,
                GuestCommands.execute(verb, link.get(), number(request, "thawAfterSeconds")),
                context);
      }
    } catch (GuestCallException e) {
      boolean full = verb == AgentPath.Verb.USBREDIR && e.fault() == LauncherFault.CONFLICT;
      answerLater(
          request,
          full ? AgentAnswer.inUse(String.valueOf(e.getMessage())) : AgentAnswer.of(e),
          context);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean flag(HttpServerRequest request, String name) {
    return "true".equals(request.getParam(name));
  }

  private static @Nullable Long number(HttpServerRequest request, String name) {
    String text = request.getParam(name);
    return text != null && text.matches("[0-9]{1,9}") ? Long.valueOf(text) : null;
  }

  private void open(
      HttpServerRequest request, AgentPath path, GuestLink link, Stream what, Context context)
      throws InterruptedException {
    // A guest has one console and one screen, but several ports for USB devices.
    String own = what == Stream.USB_REDIRECTION ? "/" + UUID.randomUUID() : "";
    String place = link.podUid() + "/" + what + own;
    if (flag(request, "preserveSession") && viewers.isTaken(place)) {
      answerLater(request, AgentAnswer.inUse("somebody else looks at it already"), context);
      return;
    }
    ByteStream stream = link.openStream(what, OPEN_STREAM);
    context.runOnContext(
        _ ->
            request
                .toWebSocket()
                .onComplete(
                    viewer -> {
                      viewers.seat(place, viewer, stream);
                      LOG.atInfo()
                          .addKeyValue("namespace", path.namespace())
                          .addKeyValue("name", path.name())
                          .addKeyValue("stream", what)
                          .log("a viewer came");
                    },
                    refused -> {
                      stream.close();
                      LOG.atDebug().setCause(refused).log("a viewer did not shake hands");
                    }));
  }

  private static void answerLater(HttpServerRequest request, AgentAnswer answer, Context context) {
    context.runOnContext(_ -> send(request, answer));
  }

  private static void send(HttpServerRequest request, AgentAnswer answer) {
    var response = request.response().setStatusCode(answer.code());
    if (!answer.contentType().isEmpty()) {
      response.putHeader("Content-Type", answer.contentType());
    }
    var _ = response.end(answer.body());
    var _ = request.resume();
  }

  @Override
  public void close() {
    renewal.shutdownNow();
    viewers.close();
    var _ = vertx.close();
  }
}
