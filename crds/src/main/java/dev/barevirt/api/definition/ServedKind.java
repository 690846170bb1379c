package dev.barevirt.api.definition;

import dev.barevirt.api.schema.OpenApiSchema;
import dev.barevirt.api.v1.KubeVirt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A kind of {@code kubevirt.io} as an API server serves it. The schema is that of its record, in
 * every version the same.
 *
 * @param kind its name
 * @param shortNames what users type instead
 * @param columns what {@code kubectl get} shows, in this order
 * @param status how the status is written
 * @param future whether users should still start with it
 * @param record what an object is
 */
public record ServedKind(
    String kind,
    List<String> shortNames,
    List<PrinterColumn> columns,
    StatusWrites status,
    Future future,
    Class<? extends Record> record) {
  private static final String GROUP = "kubevirt.io";
  private static final String NEWEST = "v1";
  private static final String OLDEST = "v1alpha3";
  private static final String DEPRECATION =
      "kubevirt.io/v1alpha3 is now deprecated and will be removed in a future release.";

  /** How the status of an object is written. */
  enum StatusWrites {
    /** Through a subresource of its own. */
    SUBRESOURCE,
    /** The same, and the number of replicas has a subresource too. */
    SUBRESOURCE_AND_SCALE,
    /** With the object; an admission webhook keeps users away from it. */
    WITH_THE_OBJECT,
    /** There is none. */
    NOT_AT_ALL
  }

  /** Whether users should still start with a kind. */
  enum Future {
    /** They may; its first version is on the way out. */
    KEPT,
    /** They should not; objects are stored in its first version still. */
    DEPRECATED
  }

  public ServedKind {
    shortNames = List.copyOf(shortNames);
    columns = List.copyOf(columns);
  }

  /** The name in paths. */
  public String plural() {
    return singular() + "s";
  }

  /** The name of the definition, which is that of the file it is written to as well. */
  public String definitionName() {
    return plural() + "." + GROUP;
  }

  /** The custom resource definition. */
  public Map<String, Object> definition() {
    String label = record == KubeVirt.class ? "operator." + GROUP : GROUP;
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", definitionName());
    metadata.put("labels", Map.of(label, ""));
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("group", GROUP);
    spec.put("scope", "Namespaced");
    spec.put("names", names());
    spec.put("conversion", Map.of("strategy", "None"));
    spec.put("versions", List.of(current(), former()));
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("apiVersion", "apiextensions.k8s.io/v1");
    definition.put("kind", "CustomResourceDefinition");
    definition.put("metadata", metadata);
    definition.put("spec", spec);
    return definition;
  }

  private String singular() {
    return kind.toLowerCase(Locale.ROOT);
  }

  private Map<String, Object> names() {
    Map<String, Object> names = new LinkedHashMap<>();
    names.put("kind", kind);
    names.put("listKind", kind + "List");
    names.put("plural", plural());
    names.put("singular", singular());
    names.put("shortNames", shortNames);
    names.put("categories", List.of("all"));
    return names;
  }

  private Map<String, Object> current() {
    return switch (future) {
      case KEPT -> version(NEWEST, true, Map.of());
      case DEPRECATED -> version(NEWEST, false, deprecation(discouraged(NEWEST)));
    };
  }

  private Map<String, Object> former() {
    return switch (future) {
      case KEPT -> version(OLDEST, false, deprecation(DEPRECATION));
      case DEPRECATED -> version(OLDEST, true, deprecation(discouraged(OLDEST)));
    };
  }

  private String discouraged(String version) {
    return GROUP + "/" + version + " " + kind + "s is now deprecated and will be removed in v2.";
  }

  private static Map<String, Object> deprecation(String warning) {
    Map<String, Object> deprecation = new LinkedHashMap<>();
    deprecation.put("deprecated", true);
    deprecation.put("deprecationWarning", warning);
    return deprecation;
  }

  private Map<String, Object> version(
      String name, boolean storage, Map<String, Object> deprecation) {
    Map<String, Object> version = new LinkedHashMap<>();
    version.put("name", name);
    version.put("served", true);
    version.put("storage", storage);
    version.putAll(deprecation);
    if (!columns.isEmpty()) {
      List<Map<String, Object>> shown = new ArrayList<>();
      columns.forEach(column -> shown.add(column.toMap()));
      version.put("additionalPrinterColumns", shown);
    }
    Map<String, Object> subresources = subresources();
    if (!subresources.isEmpty()) {
      version.put("subresources", subresources);
    }
    version.put("schema", Map.of("openAPIV3Schema", OpenApiSchema.ofKind(record)));
    return version;
  }

  private Map<String, Object> subresources() {
    Map<String, Object> subresources = new LinkedHashMap<>();
    switch (status) {
      case SUBRESOURCE -> subresources.put("status", Map.of());
      case SUBRESOURCE_AND_SCALE -> {
        subresources.put("status", Map.of());
        Map<String, Object> scale = new LinkedHashMap<>();
        scale.put("specReplicasPath", ".spec.replicas");
        scale.put("statusReplicasPath", ".status.replicas");
        scale.put("labelSelectorPath", ".status.labelSelector");
        subresources.put("scale", scale);
      }
      case WITH_THE_OBJECT, NOT_AT_ALL -> {}
    }
    return subresources;
  }
}
