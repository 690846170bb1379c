package dev.barevirt.api.v1.cluster;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes to what is installed. */
public record CustomizeComponents(
    @Doc("Patches of installed objects.") List<Patch> patches,
    @Doc("Flags that components get besides their own.") @Nullable Flags flags) {
  public CustomizeComponents {
    patches = Frozen.list(patches);
  }

  /** A patch of an installed object. */
  public record Patch(
      @Doc("The object's name.") @Required String resourceName,
      @Doc("The object's kind.") @Required String resourceType,
      @Doc("The patch, as JSON.") @Required String patch,
      @Doc("What kind of patch it is.") @Required @Allowed({"json", "merge", "strategic"})
          String type) {
    public Patch {
      resourceName = Frozen.orElse(resourceName, "");
      resourceType = Frozen.orElse(resourceType, "");
      patch = Frozen.orElse(patch, "");
      type = Frozen.orElse(type, "");
    }
  }

  /** Flags by component. */
  public record Flags(
      @Doc("Of the API server.") Map<String, String> api,
      @Doc("Of the controllers.") Map<String, String> controller,
      @Doc("Of the node agents.") Map<String, String> handler) {
    public Flags {
      api = Frozen.map(api);
      controller = Frozen.map(controller);
      handler = Frozen.map(handler);
    }
  }
}
