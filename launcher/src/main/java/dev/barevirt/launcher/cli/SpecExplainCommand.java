package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.output.Column;
import dev.barevirt.launcher.cli.output.Format;
import dev.barevirt.launcher.cli.output.View;
import dev.barevirt.launcher.cli.spec.FieldGuide;
import dev.barevirt.launcher.cli.spec.FieldGuide.Field;
import dev.barevirt.launcher.cli.spec.FieldGuide.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    description = "Tells what a field of the manifest means and what can be in it.",
    footer = {
      "  launcher spec explain",
      "  launcher spec explain spec.domain.cpu",
      "  launcher spec explain spec.domain.devices.disks.disk"
    })
final class SpecExplainCommand implements Action {
  private final Session session;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PATH",
      description = "The field (default: the whole manifest)")
  String path = "";

  SpecExplainCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() {
    Page page = FieldGuide.page(path);
    boolean table = session.out().format() == Format.TABLE || session.out().format() == Format.WIDE;
    if (table) {
      heading(page);
    }
    if (!page.fields().isEmpty() || !table) {
      session.out().objects(VIEW, page.fields());
    }
    return DONE;
  }

  private void heading(Page page) {
    String name = page.path().isEmpty() ? "VirtualMachineInstance" : page.path();
    session.out().line(name + " (" + page.self().type() + ")");
    session.out().line("  " + page.self().text());
    if (!page.self().words().isEmpty()) {
      session.out().line("  One of: " + String.join(", ", page.self().words()));
    }
    session.out().line("");
  }

  private static final View<Field> VIEW =
      new View<>(
          Field::name,
          field -> {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("name", field.name());
            tree.put("type", field.type());
            tree.put("required", field.required());
            tree.put("description", field.text());
            tree.put("allowed", field.words());
            return tree;
          },
          List.of(
              Column.of("FIELD", field -> field.name() + (field.required() ? " *" : "")),
              Column.of("TYPE", Field::type),
              Column.of("MEANING", Field::text)));
}
