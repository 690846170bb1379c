package dev.barevirt.api.v1.source;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.core.IntOrString;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A question asked again and again: exactly one way to ask. */
public record Probe(
    @Doc("Runs a command in the guest through its agent.") @Nullable Exec exec,
    @Doc("Asks the guest's agent whether it is there.") @Nullable GuestAgentPing guestAgentPing,
    @Doc("Asks over HTTP.") @Nullable HttpGet httpGet,
    @Doc("Opens a connection.") @Nullable TcpSocket tcpSocket,
    @Doc("How long to wait before the first time.") @Nullable Integer initialDelaySeconds,
    @Doc("How long an answer may take; 1 when absent.") @Nullable Integer timeoutSeconds,
    @Doc("How long from one time to the next; 10 when absent.") @Nullable Integer periodSeconds,
    @Doc("Successes in a row that count; 1 when absent.") @Nullable Integer successThreshold,
    @Doc("Failures in a row that count; 3 when absent.") @Nullable Integer failureThreshold) {
  /** The same with another {@code timeoutSeconds}. */
  public Probe withTimeoutSeconds(@Nullable Integer timeoutSeconds) {
    return new Probe(
        exec,
        guestAgentPing,
        httpGet,
        tcpSocket,
        initialDelaySeconds,
        timeoutSeconds,
        periodSeconds,
        successThreshold,
        failureThreshold);
  }

  /** The same with another {@code periodSeconds}. */
  public Probe withPeriodSeconds(@Nullable Integer periodSeconds) {
    return new Probe(
        exec,
        guestAgentPing,
        httpGet,
        tcpSocket,
        initialDelaySeconds,
        timeoutSeconds,
        periodSeconds,
        successThreshold,
        failureThreshold);
  }

  /** The same with another {@code successThreshold}. */
  public Probe withSuccessThreshold(@Nullable Integer successThreshold) {
    return new Probe(
        exec,
        guestAgentPing,
        httpGet,
        tcpSocket,
        initialDelaySeconds,
        timeoutSeconds,
        periodSeconds,
        successThreshold,
        failureThreshold);
  }

  /** The same with another {@code failureThreshold}. */
  public Probe withFailureThreshold(@Nullable Integer failureThreshold) {
    return new Probe(
        exec,
        guestAgentPing,
        httpGet,
        tcpSocket,
        initialDelaySeconds,
        timeoutSeconds,
        periodSeconds,
        successThreshold,
        failureThreshold);
  }

  /** A command in the guest. */
  public record Exec(@Doc("The command and its arguments, without a shell.") List<String> command) {
    public Exec {
      command = Frozen.list(command);
    }
  }

  /** Nothing to choose. */
  public record GuestAgentPing() {
    /** Nothing said. */
    public static final GuestAgentPing EMPTY = new GuestAgentPing();
  }

  /** A request over HTTP. */
  public record HttpGet(
      @Doc("The path.") @Nullable String path,
      @Doc("The port, by number or name.") @Required @Nullable IntOrString port,
      @Doc("The host; the guest when absent.") @Nullable String host,
      @Doc("The protocol; HTTP when absent.") @Allowed({"HTTP", "HTTPS"}) @Nullable String scheme,
      @Doc("Headers of the request.") List<HttpHeader> httpHeaders) {
    public HttpGet {
      httpHeaders = Frozen.list(httpHeaders);
    }
  }

  /** A header of a request. */
  public record HttpHeader(
      @Doc("Its name.") @Required String name, @Doc("Its value.") @Required String value) {
    public HttpHeader {
      name = Frozen.orElse(name, "");
      value = Frozen.orElse(value, "");
    }
  }

  /** A connection. */
  public record TcpSocket(
      @Doc("The port, by number or name.") @Required @Nullable IntOrString port,
      @Doc("The host; the guest when absent.") @Nullable String host) {}
}
