package dev.barevirt.control.admission;

import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.rules.Violation;
import dev.barevirt.control.patch.JsonPatch;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What becomes of a write. */
sealed interface Verdict {
  /** It is done, with so many words of warning. */
  record Allowed(List<String> warnings) implements Verdict {}

  /** It is done with changes. */
  record Changed(JsonPatch patch) implements Verdict {}

  /** It is not done, and its writer can mend it. */
  record Invalid(List<Violation> causes) implements Verdict {}

  /** It is not done. */
  record Refused(int code, String reason, String message) implements Verdict {}

  /** It is done. */
  static Verdict allowed() {
    return new Allowed(List.of());
  }

  /** It is done unless something is wrong. */
  static Verdict of(List<Violation> causes) {
    return causes.isEmpty() ? allowed() : new Invalid(causes);
  }

  /** It is not done for a reason that is in no field. */
  static Verdict badRequest(String message) {
    return new Refused(400, "", message);
  }

  /** It is not for this writer to do. */
  static Verdict forbidden(String message) {
    return new Refused(403, "Forbidden", message);
  }

  /** It is not done now, and may be asked for again. */
  static Verdict tooManyRequests(String message) {
    return new Refused(429, "TooManyRequests", message);
  }

  /** The answer to a question. */
  default String toJson(String uid) {
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("uid", uid);
    switch (this) {
      case Allowed(List<String> warnings) -> {
        response.put("allowed", true);
        if (!warnings.isEmpty()) {
          response.put("warnings", warnings);
        }
      }
      case Changed(JsonPatch patch) -> {
        response.put("allowed", true);
        if (!patch.isEmpty()) {
          response.put("patchType", "JSONPatch");
          response.put(
              "patch",
              Base64.getEncoder().encodeToString(patch.toJson().getBytes(StandardCharsets.UTF_8)));
        }
      }
      case Invalid(List<Violation> causes) -> {
        response.put("allowed", false);
        response.put("status", Causes.status(causes));
      }
      case Refused(int code, String reason, String message) -> {
        response.put("allowed", false);
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("message", message);
        if (!reason.isEmpty()) {
          status.put("reason", reason);
        }
        status.put("code", code);
        response.put("status", status);
      }
    }
    Map<String, Object> review = new LinkedHashMap<>();
    review.put("kind", "AdmissionReview");
    review.put("apiVersion", "admission.k8s.io/v1");
    review.put("response", response);
    return RecordWriter.toJson(review);
  }

  /** Causes as clients read them. */
  final class Causes {
    private static final int TOLD = 10;

    private Causes() {}

    private static Map<String, Object> status(List<Violation> causes) {
      Map<String, Object> status = new LinkedHashMap<>();
      status.put("message", message(causes));
      status.put("reason", "Invalid");
      status.put("details", Map.of("causes", causes.stream().map(Causes::cause).toList()));
      status.put("code", 422);
      return status;
    }

    private static String message(List<Violation> causes) {
      String first =
          causes.stream().limit(TOLD).map(Violation::message).collect(Collectors.joining(", "));
      return causes.size() <= TOLD
          ? first
          : first + ", and " + (causes.size() - TOLD) + " more validation errors";
    }

    private static Map<String, Object> cause(Violation violation) {
      Map<String, Object> cause = new LinkedHashMap<>();
      cause.put("reason", violation.reason());
      cause.put("message", violation.message());
      cause.put("field", violation.path());
      return cause;
    }
  }
}
