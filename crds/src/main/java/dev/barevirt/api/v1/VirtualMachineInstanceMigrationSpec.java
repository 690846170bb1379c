package dev.barevirt.api.v1;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which instance moves, and where to. */
public record VirtualMachineInstanceMigrationSpec(
    @Doc("The instance, in the same namespace.") @Nullable String vmiName,
    @Doc("Labels the target node must have besides those the instance asks for.")
        Map<String, String> addedNodeSelector,
    @Doc("The other cluster it goes to.") @Nullable SendTo sendTo,
    @Doc("That it comes from another cluster.") @Nullable Receive receive,
    @Doc("How soon it has its turn.")
        @Allowed({"system-critical", "user-triggered", "system-maintenance"})
        @Nullable String priority) {
  /** Nothing said. */
  public static final VirtualMachineInstanceMigrationSpec EMPTY =
      new VirtualMachineInstanceMigrationSpec(null, Map.of(), null, null, null);

  public VirtualMachineInstanceMigrationSpec {
    addedNodeSelector = Frozen.map(addedNodeSelector);
  }

  /** Another cluster as the target. */
  public record SendTo(
      @Doc("What both clusters call this migration.") @Required String migrationID,
      @Doc("Where the other cluster is reached.") @Required String connectURL) {
    public SendTo {
      migrationID = Frozen.orElse(migrationID, "");
      connectURL = Frozen.orElse(connectURL, "");
    }
  }

  /** Another cluster as the source. */
  public record Receive(
      @Doc("What both clusters call this migration.") @Required String migrationID) {
    public Receive {
      migrationID = Frozen.orElse(migrationID, "");
    }
  }
}
