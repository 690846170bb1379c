package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.api.ApiPath;
import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Outline;
import dev.barevirt.virtctl.kubeconfig.Fields;
import java.util.List;
import java.util.Map;

/** {@code migrate-cancel VM}. */
public final class MigrateCancelCommand implements Command {
  private static final List<String> FINAL = List.of("Succeeded", "Failed");

  @Override
  public Outline outline() {
    return Outline.of(
            "migrate-cancel", "VM", 1, "Cancel the move of a virtual machine", DryRun.FLAG)
        .showing("migrate-cancel my-vm");
  }

  @Override
  public int run(Session session, Arguments arguments) throws InterruptedException {
    String name = arguments.positional().getFirst();
    Map<String, Object> options = DryRun.options(session, arguments);
    String all = ApiPath.migrations(session.namespace());
    String selector = ApiPath.segment("kubevirt.io/vmi-name==" + name);
    Fields migration =
        session.api().get(all + "?labelSelector=" + selector).list("items").stream()
            .filter(each -> !FINAL.contains(each.at("status").text("phase")))
            .findFirst()
            .orElseThrow(() -> new CommandFailure("Found no migration to cancel for " + name));
    session.api().delete(all + "/" + migration.at("metadata").text("name"), options);
    session.out().line("VM %s was scheduled to migrate-cancel".formatted(name));
    return DONE;
  }
}
