package dev.barevirt.control.subresource;

import dev.barevirt.api.KubeVirtRelease;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.control.http.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pages anybody may read: what there is, and which version. */
final class Discovery {
  /** The version of KubeVirt whose API this is; clients compare it with their own. */
  static final String VERSION = KubeVirtRelease.VERSION;

  /** How the API server of the cluster answers. */
  interface Probe {
    /** Its version and that of our configuration; throws when it does not answer. */
    Health health();
  }

  /**
   * How the cluster answers.
   *
   * @param serverVersion the API server's version
   * @param configurationVersion the resource version of the installation's object
   */
  record Health(String serverVersion, String configurationVersion) {}

  private final Probe probe;

  Discovery(Probe probe) {
    this.probe = probe;
  }

  Answer.Whole page(SubresourcePath.Open open) {
    return switch (open.page()) {
      case "/" -> json(Map.of("paths", List.of("/apis", "/healthz", "/openapi/v2")));
      case "apis" -> json(groups());
      case "apis/" + SubresourcePath.GROUP -> json(group(true));
      case "resources" -> json(resources(open.version()));
      case "version" -> json(version());
      case "guestfs" -> json(guestfs());
      case "healthz" -> health();
      case "openapi/v2" -> json(swagger());
      case "openapi/v3" -> json(Map.of("paths", Map.of()));
      case "openapi/v3/apis" -> json(openApi(open.version()));
      default -> Refusal.notBuilt(open.page()).answer();
    };
  }

  private static Answer.Whole json(Map<String, ?> document) {
    return Answer.json(200, RecordWriter.toJson(document));
  }

  private static Map<String, Object> groups() {
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("kind", "APIGroupList");
    list.put("apiVersion", "v1");
    list.put("groups", List.of(group(false)));
    return list;
  }

  private static Map<String, Object> group(boolean alone) {
    Map<String, Object> group = new LinkedHashMap<>();
    if (alone) {
      group.put("kind", "APIGroup");
      group.put("apiVersion", "v1");
    }
    group.put("name", SubresourcePath.GROUP);
    group.put("versions", SubresourcePath.VERSIONS.stream().map(Discovery::groupVersion).toList());
    group.put("preferredVersion", groupVersion(SubresourcePath.VERSIONS.getFirst()));
    group.put(
        "serverAddressByClientCIDRs",
        List.of(Map.of("clientCIDR", "0.0.0.0/0", "serverAddress", "")));
    return group;
  }

  private static Map<String, Object> groupVersion(String version) {
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("groupVersion", SubresourcePath.GROUP + "/" + version);
    named.put("version", version);
    return named;
  }

  private static Map<String, Object> resources(String version) {
    List<Map<String, Object>> resources = new ArrayList<>();
    for (Subresource listed : Subresource.values()) {
      if (listed.isListed()) {
        resources.add(resource(listed.wireName()));
      }
    }
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("kind", "APIResourceList");
    list.put("apiVersion", "v1");
    list.put("groupVersion", SubresourcePath.GROUP + "/" + version);
    list.put("resources", resources);
    return list;
  }

  private static Map<String, Object> resource(String name) {
    Map<String, Object> resource = new LinkedHashMap<>();
    resource.put("name", name);
    resource.put("singularName", "");
    resource.put("namespaced", true);
    resource.put("kind", "");
    resource.put("verbs", List.of());
    return resource;
  }

  private static Map<String, Object> version() {
    Map<String, Object> version = new LinkedHashMap<>();
    version.put("gitVersion", VERSION);
    version.put("gitCommit", "");
    version.put("gitTreeState", "clean");
    version.put("buildDate", "");
    version.put("goVersion", "");
    version.put("compiler", "");
    version.put("platform", "linux/amd64");
    return version;
  }

  private static Map<String, Object> guestfs() {
    Map<String, Object> image = new LinkedHashMap<>();
    for (String field : List.of("registry", "tag", "digest", "imagePrefix", "gsImage")) {
      image.put(field, "");
    }
    return image;
  }

  private Answer.Whole health() {
    Map<String, Object> server = new LinkedHashMap<>();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("apiserver", server);
    try {
      Health health = probe.health();
      server.put("connectivity", "ok");
      server.put("version", health.serverVersion());
      answer.put("config-resource-version", health.configurationVersion());
      return json(answer);
    } catch (RuntimeException e) {
      server.put("connectivity", "failed");
      server.put("error", String.valueOf(e.getMessage()));
      return Answer.json(500, RecordWriter.toJson(answer));
    }
  }

  private static Map<String, Object> swagger() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("swagger", "2.0");
    document.put("info", info());
    document.put("paths", Map.of());
    return document;
  }

  private static Map<String, Object> openApi(String version) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.0.0");
    document.put("info", info());
    document.put("paths", Map.of("/apis/" + SubresourcePath.GROUP + "/" + version, Map.of()));
    return document;
  }

  private static Map<String, Object> info() {
    return Map.of("title", SubresourcePath.GROUP, "version", VERSION);
  }
}
