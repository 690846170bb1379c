package dev.barevirt.control.subresource;

import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.status.VirtualMachineInstanceStatus;
import dev.barevirt.control.http.Answer;
import dev.barevirt.control.http.Dialer;
import dev.barevirt.control.http.Dialer.Dialled;
import dev.barevirt.control.http.Dialer.Server;
import dev.barevirt.control.http.HttpException;
import dev.barevirt.control.http.Liveness;
import dev.barevirt.control.http.Payload;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reaches the agents on their pods' addresses. */
final class DialedNodeAgents implements NodeAgents {
  private static final int PORT = 8186;
  private static final String ROLE = "kubevirt.io:system:node:virt-handler";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Dialer dialer;
  private final Function<String, Optional<String>> addresses;
  private final int port;

  /**
   * Agents.
   *
   * @param addresses the address of the agent on a node
   */
  DialedNodeAgents(Dialer dialer, Function<String, Optional<String>> addresses) {
    this(dialer, addresses, PORT);
  }

  DialedNodeAgents(Dialer dialer, Function<String, Optional<String>> addresses, int port) {
    this.dialer = dialer;
    this.addresses = addresses;
    this.port = port;
  }

  @Override
  public Answer.Whole call(VirtualMachineInstance vmi, String method, String verb, Payload body) {
    try {
      return told(dialer.call(agentOf(vmi), method, path(vmi, verb, ""), body, PATIENCE));
    } catch (HttpException e) {
      throw Refusal.internal(String.valueOf(e.getMessage())).exception();
    }
  }

  @Override
  public Answer stream(VirtualMachineInstance vmi, String verb, String query) {
    try {
      return switch (dialer.stream(agentOf(vmi), path(vmi, verb, query), PATIENCE)) {
        case Dialled.Open(var peer) -> new Answer.Stream(peer, Liveness.PATIENT);
        case Dialled.Refused(var answer) -> told(answer);
      };
    } catch (HttpException e) {
      throw Refusal.internal(String.valueOf(e.getMessage())).exception();
    }
  }

  /** An agent's answer as it is; a refusal without a word gets one. */
  private static Answer.Whole told(Answer.Whole answer) {
    boolean silent = answer.code() >= 400 && answer.body().isBlank();
    return silent
        ? Refusal.internal("the node agent answered with code " + answer.code()).answer()
        : answer;
  }

  private static String path(VirtualMachineInstance vmi, String verb, String query) {
    return "/v1/namespaces/"
        + vmi.metadata().namespace()
        + "/virtualmachineinstances/"
        + vmi.metadata().name()
        + "/"
        + verb
        + (query.isEmpty() ? "" : "?" + query);
  }

  private Server agentOf(VirtualMachineInstance vmi) {
    String node =
        Optional.ofNullable(vmi.status()).map(VirtualMachineInstanceStatus::nodeName).orElse("");
    String host =
        addresses
            .apply(node)
            .orElseThrow(
                () -> Refusal.internal("there is no node agent on node " + node).exception());
    return new Server(host, port, Set.of(ROLE, ROLE + ":" + node));
  }
}
