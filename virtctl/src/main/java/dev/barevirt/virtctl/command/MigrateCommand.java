package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.api.ApiPath;
import dev.barevirt.virtctl.api.Kind;
import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Flag;
import dev.barevirt.virtctl.flag.Outline;
import dev.barevirt.virtctl.flag.UsageException;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code migrate VM}. */
public final class MigrateCommand implements Command {
  @Override
  public Outline outline() {
    return Outline.of(
            "migrate",
            "VM",
            1,
            "Move a running virtual machine to another node",
            Flag.list("addedNodeSelector", "Labels the node must have too, as key=value"),
            DryRun.FLAG)
        .showing("migrate my-vm");
  }

  @Override
  public int run(Session session, Arguments arguments) throws InterruptedException {
    String name = arguments.positional().getFirst();
    Map<String, Object> options = DryRun.options(session, arguments);
    Map<String, String> labels = new LinkedHashMap<>();
    for (String label : arguments.texts("addedNodeSelector")) {
      int equals = label.indexOf('=');
      if (equals < 1) {
        throw new UsageException("--addedNodeSelector \"%s\" is not key=value".formatted(label));
      }
      labels.put(label.substring(0, equals), label.substring(equals + 1));
    }
    if (!labels.isEmpty()) {
      options.put("addedNodeSelector", labels);
    }
    String path = ApiPath.of(Kind.MACHINE, session.namespace(), name, "migrate");
    Ask.orSay("error migrating VirtualMachine", () -> session.api().put(path, options));
    session.out().line("VM %s was scheduled to migrate".formatted(name));
    return DONE;
  }
}
