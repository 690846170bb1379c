package dev.barevirt.api.v1.status;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exchange of volumes. */
public record VolumeUpdateState(
    @Doc("The volumes that move.") @Nullable Migration volumeMigrationState) {
  /** Volumes that move. */
  public record Migration(@Doc("Each of them.") List<MigratedVolume> migratedVolumes) {
    public Migration {
      migratedVolumes = Frozen.list(migratedVolumes);
    }
  }
}
