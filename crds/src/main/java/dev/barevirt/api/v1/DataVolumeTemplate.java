package dev.barevirt.api.v1;

import dev.barevirt.api.cdi.DataVolumeSpec;
import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.core.ObjectMeta;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** A volume made together with the virtual machine. */
public record DataVolumeTemplate(
    @Doc("The group and version: cdi.kubevirt.io/v1beta1.") @Nullable String apiVersion,
    @Doc("The kind: DataVolume.") @Nullable String kind,
    @Doc("The volume's name, labels and annotations.") ObjectMeta metadata,
    @Doc("How the volume is filled and stored.") @Required @Nullable DataVolumeSpec spec,
    @Doc("Never filled in; accepted because clients send it.") @Nullable Status status) {
  public DataVolumeTemplate {
    metadata = Frozen.orElse(metadata, ObjectMeta.EMPTY);
  }

  /** Empty. */
  public record Status() {
    /** Nothing said. */
    public static final Status EMPTY = new Status();
  }
}
