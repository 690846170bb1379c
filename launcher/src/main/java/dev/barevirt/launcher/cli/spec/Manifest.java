package dev.barevirt.launcher.cli.spec;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.Tree;
import dev.barevirt.api.rules.Violation;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.yaml.YamlReader;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A manifest as text: a VirtualMachineInstance, or a VirtualMachine whose template is taken. */
public final class Manifest {
  private Manifest() {}

  /**
   * Reads a manifest strictly.
   *
   * @param source where it came from, for messages
   */
  public static SpecDocument read(String source, String text) {
    Tree tree =
        switch (parse(text)) {
          case Reading.Accepted<Tree>(Tree read) -> read;
          case Reading.Refused<Tree>(List<Violation> problems) -> throw refused(source, problems);
        };
    if (!(tree.plain() instanceof Map<?, ?> plain)) {
      throw CliFailure.of(
          ExitCode.SPEC_INVALID, source + " is not a manifest: it is " + tree.kind());
    }
    String kind = String.valueOf(plain.get("kind"));
    String version = String.valueOf(plain.get("apiVersion"));
    if (!version.startsWith("kubevirt.io/")) {
      throw CliFailure.of(
          ExitCode.SPEC_INVALID,
          source + ": apiVersion: must be kubevirt.io/v1, not '" + version + "'");
    }
    List<Violation> problems =
        switch (kind) {
          case "VirtualMachineInstance" ->
              RecordReader.STRICT.read(VirtualMachineInstance.class, tree).problems();
          case "VirtualMachine" -> RecordReader.STRICT.read(VirtualMachine.class, tree).problems();
          default ->
              throw CliFailure.of(
                  ExitCode.SPEC_INVALID,
                  source
                      + ": kind: must be VirtualMachineInstance or VirtualMachine, not '"
                      + kind
                      + "'");
        };
    if (!problems.isEmpty()) {
      throw refused(source, problems);
    }
    return kind.equals("VirtualMachine") ? instance(plain) : SpecDocument.of(plain);
  }

  private static Reading<Tree> parse(String text) {
    return switch (YamlReader.documents(text)) {
      case Reading.Refused<List<Tree>>(List<Violation> problems) -> new Reading.Refused<>(problems);
      case Reading.Accepted<List<Tree>>(List<Tree> documents) when documents.size() == 1 ->
          new Reading.Accepted<>(documents.getFirst());
      case Reading.Accepted<List<Tree>>(List<Tree> documents) -> {
        String found =
            documents.isEmpty()
                ? "is empty"
                : "has " + documents.size() + " documents, one is expected";
        yield new Reading.Refused<>(List.of(Violation.invalid(FieldPath.ROOT, found)));
      }
    };
  }

  /** The instance that a machine's template describes, under the machine's name. */
  private static SpecDocument instance(Map<?, ?> machine) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("apiVersion", "kubevirt.io/v1");
    tree.put("kind", "VirtualMachineInstance");
    Map<?, ?> template = map(map(machine.get("spec")).get("template"));
    Map<String, Object> metadata = new LinkedHashMap<>();
    map(template.get("metadata")).forEach((key, value) -> metadata.put(String.valueOf(key), value));
    Map<?, ?> own = map(machine.get("metadata"));
    for (String key : List.of("name", "namespace", "uid")) {
      Optional.ofNullable(own.get(key)).ifPresent(value -> metadata.put(key, value));
    }
    tree.put("metadata", metadata);
    tree.put("spec", map(template.get("spec")));
    return SpecDocument.of(tree);
  }

  private static Map<?, ?> map(@org.jspecify.annotations.Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  /** The instance a document describes, read strictly and checked by every rule. */
  public static VirtualMachineInstance check(String source, SpecDocument document) {
    return switch (RecordReader.STRICT.read(
        VirtualMachineInstance.class, Tree.of(document.tree()))) {
      case Reading.Accepted<VirtualMachineInstance>(VirtualMachineInstance vmi) -> {
        List<Violation> problems = HostRules.check(vmi);
        if (!problems.isEmpty()) {
          throw refused(source, problems);
        }
        yield vmi;
      }
      case Reading.Refused<VirtualMachineInstance>(List<Violation> problems) ->
          throw refused(source, problems);
    };
  }

  /** The failure that violations are: one in the sentence itself, several beneath it. */
  public static CliFailure refused(String source, List<Violation> problems) {
    if (problems.size() == 1) {
      return CliFailure.of(ExitCode.SPEC_INVALID, source + ": " + problems.getFirst().sentence());
    }
    return CliFailure.of(ExitCode.SPEC_INVALID, source + " has " + problems.size() + " errors")
        .detailing(problems.stream().map(Violation::sentence).toList());
  }
}
