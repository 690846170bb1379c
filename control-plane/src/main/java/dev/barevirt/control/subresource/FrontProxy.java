package dev.barevirt.control.subresource;

import dev.barevirt.control.http.CertificateChains;
import dev.barevirt.control.http.CertificateChains.Purpose;
import dev.barevirt.control.http.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds out who asks. Headers are believed from the cluster's API server only: its certificate is
 * of the authority for this purpose and has one of the names allowed, for others may have
 * certificates of that authority too.
 */
final class FrontProxy {
  private final Supplier<FrontProxySettings> settings;

  FrontProxy(Supplier<FrontProxySettings> settings) {
    this.settings = settings;
  }

  /** Who asks; nobody when the request does not come from the API server. */
  Optional<Caller> caller(HttpRequest request) {
    FrontProxySettings now = settings.get();
    if (!CertificateChains.isTrusted(request.clientChain(), now.authorities(), Purpose.CLIENT)) {
      return Optional.empty();
    }
    String name = CertificateChains.commonName(request.clientChain().getFirst());
    if (!now.allowedNames().isEmpty() && !now.allowedNames().contains(name)) {
      return Optional.empty();
    }
    return first(request, now.userHeaders())
        .map(
            user ->
                new Caller(
                    user,
                    first(request, now.uidHeaders()).orElse(""),
                    groups(request, now),
                    extra(request, now)));
  }

  private static Optional<String> first(HttpRequest request, List<String> names) {
    return names.stream()
        .flatMap(name -> request.header(name).stream())
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  private static List<String> groups(HttpRequest request, FrontProxySettings now) {
    return now.groupHeaders().stream().flatMap(name -> request.header(name).stream()).toList();
  }

  private static Map<String, List<String>> extra(HttpRequest request, FrontProxySettings now) {
    Map<String, List<String>> extra = new LinkedHashMap<>();
    for (String prefix : now.extraPrefixes()) {
      String start = prefix.toLowerCase(Locale.ROOT);
      request
          .headers()
          .forEach(
              (name, values) -> {
                if (name.startsWith(start)) {
                  extra
                      .computeIfAbsent(key(name.substring(start.length())), _ -> new ArrayList<>())
                      .addAll(values);
                }
              });
    }
    return extra;
  }

  private static String key(String escaped) {
    try {
      return URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return escaped;
    }
  }
}
