package dev.barevirt.agent.stream;

import dev.barevirt.agent.vmi.GuestCallException;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.launcher.LauncherFault;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the API is answered.
 *
 * @param code the HTTP status
 * @param contentType the type of the body; empty when there is none
 * @param body the body
 */
record AgentAnswer(int code, String contentType, Buffer body) {
  private static final int OK = 200;
  static final AgentAnswer DONE = new AgentAnswer(OK, "", Buffer.buffer());

  /** An error in the form that Kubernetes clients know. */
  private record Status(
      String kind,
      String apiVersion,
      Map<String, String> metadata,
      String status,
      String message,
      String reason,
      int code) {}

  static AgentAnswer of(Record body) {
    return json(OK, RecordWriter.toJson(body));
  }

  /** A list as clients of Kubernetes read it: its items are there even when there are none. */
  static AgentAnswer ofList(List<? extends Record> items) {
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("metadata", Map.of());
    list.put("items", items);
    return json(OK, RecordWriter.toJson(list));
  }

  static AgentAnswer png(Buffer picture) {
    return new AgentAnswer(OK, "image/png", picture);
  }

  static AgentAnswer failure(int code, String reason, String message) {
    return json(
        code,
        RecordWriter.toJson(
            new Status("Status", "v1", Map.of(), "Failure", message, reason, code)));
  }

  static AgentAnswer of(GuestCallException failed) {
    String message = String.valueOf(failed.getMessage());
    return switch (failed.fault()) {
      case BAD_REQUEST, INVALID, UNSUPPORTED -> failure(400, "BadRequest", message);
      case NOT_FOUND -> failure(404, "NotFound", message);
      case CONFLICT -> failure(409, "Conflict", message);
      case FAILED -> failure(500, "InternalError", message);
      case TIMED_OUT -> failure(504, "Timeout", message);
    };
  }

  static AgentAnswer notHere(AgentPath path) {
    return of(
        new GuestCallException(
            LauncherFault.NOT_FOUND,
            "no launcher of instance %s/%s is connected to this node"
                .formatted(path.namespace(), path.name())));
  }

  static AgentAnswer inUse(String message) {
    return failure(503, "ServiceUnavailable", message);
  }

  private static AgentAnswer json(int code, String body) {
    return new AgentAnswer(code, "application/json", Buffer.buffer(body));
  }
}
