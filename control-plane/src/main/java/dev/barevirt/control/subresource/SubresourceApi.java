package dev.barevirt.control.subresource;

import dev.barevirt.control.http.Answer;
import dev.barevirt.control.http.HttpHandler;
import dev.barevirt.control.http.HttpRequest;
import java.util.Map;
import java.util.Optional;

/**
 * The aggregated API: finds out what a request means, who asks and whether they may, and has it
 * done. A path that means nothing is answered before anybody is asked.
 */
final class SubresourceApi implements HttpHandler {
  private static final Map<String, String> VERBS =
      Map.of("GET", "get", "PUT", "update", "POST", "create", "DELETE", "delete");

  private final FrontProxy proxy;
  private final AccessReview review;
  private final Discovery discovery;
  private final SubresourceActs acts;

  SubresourceApi(FrontProxy proxy, AccessReview review, Discovery discovery, SubresourceActs acts) {
    this.proxy = proxy;
    this.review = review;
    this.discovery = discovery;
    this.acts = acts;
  }

  @Override
  public Answer answer(HttpRequest request) {
    try {
      return switch (SubresourcePath.of(request.path())) {
        case SubresourcePath.Unknown _ -> Refusal.unknownPath().answer();
        case SubresourcePath.Open open ->
            request.method().equals("GET") ? discovery.page(open) : Refusal.wrongMethod().answer();
        case SubresourcePath.InNamespace asked -> authorised(request, asked);
      };
    } catch (RefusedException e) {
      return e.refusal().answer();
    }
  }

  private Answer authorised(HttpRequest request, SubresourcePath.InNamespace asked) {
    Optional<Subresource> known = Subresource.of(asked);
    if (known.isEmpty()) {
      return Refusal.unknownPath().answer();
    }
    String verb = VERBS.get(request.method());
    if (verb == null) {
      return Refusal.wrongMethod().answer();
    }
    Optional<Caller> caller = proxy.caller(request);
    if (caller.isEmpty()) {
      return Answer.text(401, "the request does not come from the cluster's API server");
    }
    Access access =
        new Access(
            verb,
            asked.version(),
            asked.namespace(),
            asked.resource(),
            asked.name(),
            asked.subresource());
    return review
        .refusal(caller.get(), access)
        .<Answer>map(reason -> Answer.text(401, reason))
        .orElseGet(() -> acts.act(request, asked, known.get()));
  }
}
