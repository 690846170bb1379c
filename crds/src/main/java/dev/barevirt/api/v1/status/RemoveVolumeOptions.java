package dev.barevirt.api.v1.status;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import java.util.List;

/** A volume to detach. */
public record RemoveVolumeOptions(
    @Doc("Its name.") @Required String name,
    @Doc("Says All when nothing is to be done.") List<String> dryRun) {
  public RemoveVolumeOptions {
    name = Frozen.orElse(name, "");
    dryRun = Frozen.list(dryRun);
  }
}
