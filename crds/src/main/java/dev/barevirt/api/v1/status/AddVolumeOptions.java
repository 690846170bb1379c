package dev.barevirt.api.v1.status;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import dev.barevirt.api.v1.device.Disk;
import dev.barevirt.api.v1.source.HotplugVolumeSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A volume to attach. */
public record AddVolumeOptions(
    @Doc("Its name.") @Required String name,
    @Doc("How the guest sees it.") @Required @Nullable Disk disk,
    @Doc("Where its contents come from.") @Required @Nullable HotplugVolumeSource volumeSource,
    @Doc("Says All when nothing is to be done.") List<String> dryRun) {
  public AddVolumeOptions {
    name = Frozen.orElse(name, "");
    dryRun = Frozen.list(dryRun);
  }
}
