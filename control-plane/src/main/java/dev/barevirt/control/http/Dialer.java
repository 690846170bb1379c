package dev.barevirt.control.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.TrustOptions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Connects to servers of this installation, mutually authenticated, and to guests. Its calls wait,
 * each with a deadline.
 */
public final class Dialer implements AutoCloseable {
  /** A picture of a screen is the largest. */
  private static final int LARGEST_ANSWER = 16 << 20;

  private static final int LARGEST_FRAME = 1 << 20;
  private static final int MOST_STREAMS = 4096;

  private final Vertx vertx;
  private final CurrentKey identity;
  private final Supplier<List<X509Certificate>> authorities;
  private final HttpClientAgent http;
  private final WebSocketClient webSockets;
  private final NetClient tcp;

  /**
   * A dialer.
   *
   * @param loop the thread that carries connections
   * @param identity who this is to servers of the installation
   * @param authorities who stands for those
   */
  public Dialer(
      Loop loop, Supplier<TlsIdentity> identity, Supplier<List<X509Certificate>> authorities) {
    this.vertx = loop.vertx();
    this.identity = new CurrentKey(identity);
    this.authorities = authorities;
    this.http = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false));
    this.webSockets =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxConnections(MOST_STREAMS)
                .setMaxFrameSize(LARGEST_FRAME)
                .setMaxMessageSize(LARGEST_FRAME)
                .setTcpKeepAlive(true));
    this.tcp = vertx.createNetClient(new NetClientOptions().setTcpKeepAlive(true));
  }

  /**
   * A server of this installation.
   *
   * @param host its address
   * @param port its port
   * @param names what it may call itself
   */
  public record Server(String host, int port, Set<String> names) {}

  /** What a server says; a refusal is an answer too. */
  public Answer.Whole call(
      Server server, String method, String path, Payload body, Duration deadline) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(method))
            .setHost(server.host())
            .setPort(server.port())
            .setURI(path)
            .setSsl(true)
            .setSslOptions(tls(server))
            .setConnectTimeout(deadline.toMillis())
            .setIdleTimeout(deadline.toMillis());
    return Waiting.on(
        http.request(options)
            .compose(request -> request.send(Buffer.buffer(body.bytes())))
            .compose(Dialer::collected),
        deadline,
        method + " " + path + " at " + server.host());
  }

  private static Future<Answer.Whole> collected(HttpClientResponse response) {
    Promise<Answer.Whole> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    response.exceptionHandler(whole::tryFail);
    response.handler(
        bytes -> {
          body.appendBuffer(bytes);
          if (body.length() > LARGEST_ANSWER) {
            response.handler(_ -> {});
            whole.tryFail("the answer is larger than " + LARGEST_ANSWER + " bytes");
            response.request().reset();
          }
        });
    response.endHandler(
        _ ->
            whole.tryComplete(
                new Answer.Whole(
                    response.statusCode(),
                    Objects.requireNonNullElse(response.getHeader("Content-Type"), ""),
                    Payload.of(body.getBytes()))));
    return whole.future();
  }

  /** A stream of a server; the answer instead when it refuses. */
  public Dialled stream(Server server, String path, Duration deadline) {
    WebSocketConnectOptions options = new WebSocketConnectOptions();
    options
        .setHost(server.host())
        .setPort(server.port())
        .setURI(path)
        .setSsl(true)
        .setSslOptions(tls(server))
        .setConnectTimeout(deadline.toMillis());
    return Waiting.on(
        webSockets
            .connect(options)
            .<Dialled>map(socket -> new Dialled.Open(new Peer(socket, socket, socket::close)))
            .recover(Dialer::refusal),
        deadline,
        "opening " + path + " at " + server.host());
  }

  /** What came of dialling. */
  public sealed interface Dialled {
    /** It is open. */
    record Open(Peer peer) implements Dialled {}

    /** The server does not want to. */
    record Refused(Answer.Whole answer) implements Dialled {}
  }

  private static Future<Dialled> refusal(Throwable failure) {
    if (failure instanceof UpgradeRejectedException rejected) {
      Buffer body = rejected.getBody();
      return Future.succeededFuture(
          new Dialled.Refused(
              new Answer.Whole(
                  rejected.getStatus(),
                  Objects.requireNonNullElse(rejected.getHeaders().get("Content-Type"), ""),
                  body == null ? Payload.EMPTY : Payload.of(body.getBytes()))));
    }
    return Future.failedFuture(failure);
  }

  /** A TCP connection to a guest. */
  public Peer tcp(String host, int port, Duration deadline) {
    return Waiting.on(
        tcp.connect(port, host).map(socket -> new Peer(socket, socket, socket::close)),
        deadline,
        "connecting to port " + port + " of " + host);
  }

  /** Datagrams to and from a port of a guest. */
  public Peer udp(String host, int port, Duration deadline) {
    var socket = vertx.createDatagramSocket();
    return Waiting.on(
        socket
            .listen(0, host.contains(":") ? "::" : "0.0.0.0")
            .map(
                open ->
                    new Peer(
                        new Datagrams(open, host, port), open.sender(port, host), open::close)),
        deadline,
        "opening a socket for datagrams");
  }

  private ClientSSLOptions tls(Server server) {
    ClientSSLOptions options = new ClientSSLOptions();
    options.setKeyCertOptions(KeyCertOptions.wrap(identity));
    options.setTrustOptions(TrustOptions.wrap(new ServerTrust(authorities.get(), server.names())));
    // The name in the certificate is the role's, which the trust manager compares.
    options.setHostnameVerificationAlgorithm("");
    return options;
  }

  @Override
  public void close() {
    http.close();
    webSockets.close();
    tcp.close();
  }
}
