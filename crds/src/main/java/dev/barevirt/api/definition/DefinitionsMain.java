package dev.barevirt.api.definition;

import dev.barevirt.api.yaml.YamlWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the definition of each served kind into a directory, a file each. */
public final class DefinitionsMain {
  private static final String FIRST_LINE =
      "# Generated from the records in crds/src/main by `make generate`; edit those.\n";

  private DefinitionsMain() {}

  /** Takes the directory. */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    Files.createDirectories(directory);
    for (ServedKind kind : ServedKinds.ALL) {
      Files.writeString(directory.resolve(fileName(kind)), text(kind));
    }
  }

  static String fileName(ServedKind kind) {
    return kind.definitionName() + ".yaml";
  }

  static String text(ServedKind kind) {
    return FIRST_LINE + YamlWriter.toYaml(kind.definition());
  }
}
