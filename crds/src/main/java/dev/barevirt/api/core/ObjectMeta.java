package dev.barevirt.api.core;

import dev.barevirt.api.schema.Doc;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every object carries about itself. */
public record ObjectMeta(
    @Doc("The name, unique in its namespace.") @Nullable String name,
    @Doc("A prefix from which the server makes a unique name.") @Nullable String generateName,
    @Doc("The namespace the object lives in.") @Nullable String namespace,
    @Doc("Short key-value pairs to select objects by.") Map<String, String> labels,
    @Doc("Key-value pairs of any length for tools and people.") Map<String, String> annotations,
    @Doc("The server's unique id of this object.") @Nullable String uid,
    @Doc("The server's version of this object, opaque.") @Nullable String resourceVersion,
    @Doc("Counts the changes of the specification.") @Nullable Long generation,
    @Doc("When the server created the object.") @Nullable Instant creationTimestamp,
    @Doc("When deletion was asked for.") @Nullable Instant deletionTimestamp,
    @Doc("How long deletion may take.") @Nullable Long deletionGracePeriodSeconds,
    @Doc("Who must agree before the object disappears.") List<String> finalizers,
    @Doc("The objects this one disappears with.") List<OwnerReference> ownerReferences,
    @Doc("Which writer owns which fields.") List<ManagedFieldsEntry> managedFields,
    @Doc("A path of old servers, no longer filled in.") @Nullable String selfLink) {
  /** Nothing said. */
  public static final ObjectMeta EMPTY =
      new ObjectMeta(
          null, null, null, Map.of(), Map.of(), null, null, null, null, null, null, List.of(),
          List.of(), List.of(), null);

  public ObjectMeta {
    labels = Frozen.map(labels);
    annotations = Frozen.map(annotations);
    finalizers = Frozen.list(finalizers);
    ownerReferences = Frozen.list(ownerReferences);
    managedFields = Frozen.list(managedFields);
  }

  /** The same with another {@code name}. */
  public ObjectMeta withName(@Nullable String name) {
    return new ObjectMeta(
        name,
        generateName,
        namespace,
        labels,
        annotations,
        uid,
        resourceVersion,
        generation,
        creationTimestamp,
        deletionTimestamp,
        deletionGracePeriodSeconds,
        finalizers,
        ownerReferences,
        managedFields,
        selfLink);
  }

  /** The same with another {@code namespace}. */
  public ObjectMeta withNamespace(@Nullable String namespace) {
    return new ObjectMeta(
        name,
        generateName,
        namespace,
        labels,
        annotations,
        uid,
        resourceVersion,
        generation,
        creationTimestamp,
        deletionTimestamp,
        deletionGracePeriodSeconds,
        finalizers,
        ownerReferences,
        managedFields,
        selfLink);
  }

  /** The same with another {@code labels}. */
  public ObjectMeta withLabels(Map<String, String> labels) {
    return new ObjectMeta(
        name,
        generateName,
        namespace,
        labels,
        annotations,
        uid,
        resourceVersion,
        generation,
        creationTimestamp,
        deletionTimestamp,
        deletionGracePeriodSeconds,
        finalizers,
        ownerReferences,
        managedFields,
        selfLink);
  }

  /** The same with another {@code annotations}. */
  public ObjectMeta withAnnotations(Map<String, String> annotations) {
    return new ObjectMeta(
        name,
        generateName,
        namespace,
        labels,
        annotations,
        uid,
        resourceVersion,
        generation,
        creationTimestamp,
        deletionTimestamp,
        deletionGracePeriodSeconds,
        finalizers,
        ownerReferences,
        managedFields,
        selfLink);
  }

  /** The same with another {@code uid}. */
  public ObjectMeta withUid(@Nullable String uid) {
    return new ObjectMeta(
        name,
        generateName,
        namespace,
        labels,
        annotations,
        uid,
        resourceVersion,
        generation,
        creationTimestamp,
        deletionTimestamp,
        deletionGracePeriodSeconds,
        finalizers,
        ownerReferences,
        managedFields,
        selfLink);
  }
}
