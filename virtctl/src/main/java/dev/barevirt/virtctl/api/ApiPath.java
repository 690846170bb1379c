package dev.barevirt.virtctl.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where things are in the API. */
public final class ApiPath {
  /** The base of KubeVirt's subresources. */
  public static final String SUBRESOURCES = "/apis/subresources.kubevirt.io/v1";

  /** KubeVirt's objects of all namespaces. */
  public static final String KUBEVIRTS = "/apis/kubevirt.io/v1/kubevirts";

  private ApiPath() {}

  /** A machine or an instance itself. */
  public static String object(Kind kind, String namespace, String name) {
    return objects(kind, namespace) + "/" + segment(name);
  }

  /** All objects of a kind in a namespace. */
  public static String objects(Kind kind, String namespace) {
    return "/apis/kubevirt.io/v1/namespaces/%s/%s".formatted(segment(namespace), kind.plural());
  }

  /** A subresource; slashes in it stay. */
  public static String of(Kind kind, String namespace, String name, String subresource) {
    return "%s/namespaces/%s/%s/%s/%s"
        .formatted(SUBRESOURCES, segment(namespace), kind.plural(), segment(name), subresource);
  }

  /** A kind of the core group in a namespace. */
  public static String core(String namespace, String plural) {
    return "/api/v1/namespaces/%s/%s".formatted(segment(namespace), plural);
  }

  /** An object of the core group. */
  public static String core(String namespace, String plural, String name) {
    return core(namespace, plural) + "/" + segment(name);
  }

  /** Migrations in a namespace. */
  public static String migrations(String namespace) {
    return "/apis/kubevirt.io/v1/namespaces/%s/virtualmachineinstancemigrations"
        .formatted(segment(namespace));
  }

  /** One segment of a path, or one value of a query. */
  public static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
