package dev.barevirt.control.subresource;

import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.rules.Violation;
import dev.barevirt.control.http.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why a request is not done, as clients of Kubernetes read it.
 *
 * @param code the status code
 * @param reason one CamelCase word
 * @param message a sentence
 * @param details the object it is about; empty when it is about none
 */
record Refusal(int code, String reason, String message, Map<String, Object> details) {

  static Refusal badRequest(String message) {
    return new Refusal(400, "BadRequest", message, Map.of());
  }

  static Refusal notBuilt(String verb) {
    return badRequest(verb + " is not supported by this version");
  }

  static Refusal notFound(Target target) {
    return new Refusal(404, "NotFound", target.named() + " not found", details(target));
  }

  static Refusal conflict(Target target, String text) {
    return new Refusal(
        409,
        "Conflict",
        "Operation cannot be fulfilled on " + target.named() + ": " + text,
        details(target));
  }

  static Refusal forbidden(Target target, String text) {
    return new Refusal(
        403, "Forbidden", target.named() + " is forbidden: " + text, details(target));
  }

  static Refusal internal(String text) {
    return new Refusal(
        500,
        "InternalError",
        "Internal error occurred: " + text,
        Map.of("causes", List.of(Map.of("message", text))));
  }

  /** The same with what is wrong, field by field. */
  Refusal because(List<Violation> violations) {
    List<Map<String, Object>> causes = new ArrayList<>();
    for (Violation violation : violations) {
      Map<String, Object> cause = new LinkedHashMap<>();
      cause.put("reason", violation.reason());
      cause.put("message", violation.message());
      cause.put("field", violation.path());
      causes.add(cause);
    }
    return causes.isEmpty()
        ? this
        : new Refusal(code, reason, message, Map.of("causes", List.copyOf(causes)));
  }

  static Refusal unknownPath() {
    return new Refusal(
        404, "NotFound", "the server could not find the requested resource", Map.of());
  }

  static Refusal wrongMethod() {
    return new Refusal(
        405,
        "MethodNotAllowed",
        "the server does not allow this method on the requested resource",
        Map.of());
  }

  private static Map<String, Object> details(Target target) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("name", target.name());
    details.put("group", "kubevirt.io");
    details.put("kind", target.kind().wireName());
    return details;
  }

  Answer.Whole answer() {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("kind", "Status");
    status.put("apiVersion", "v1");
    status.put("metadata", Map.of());
    status.put("status", "Failure");
    status.put("message", message);
    status.put("reason", reason);
    if (!details.isEmpty()) {
      status.put("details", details);
    }
    status.put("code", code);
    return Answer.json(code, RecordWriter.toJson(status));
  }

  RefusedException exception() {
    return new RefusedException(this);
  }
}
