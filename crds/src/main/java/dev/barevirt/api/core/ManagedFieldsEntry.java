package dev.barevirt.api.core;

import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields one writer owns. */
public record ManagedFieldsEntry(
    @Doc("The writer.") @Nullable String manager,
    @Doc("How it wrote.") @Allowed({"Apply", "Update"}) @Nullable String operation,
    @Doc("The version of the object it wrote.") @Nullable String apiVersion,
    @Doc("When it last wrote.") @Nullable Instant time,
    @Doc("The format of the field set.") @Nullable String fieldsType,
    @Doc("The field set.") Map<String, Object> fieldsV1,
    @Doc("The subresource it wrote through.") @Nullable String subresource) {
  public ManagedFieldsEntry {
    fieldsV1 = Frozen.map(fieldsV1);
  }
}
