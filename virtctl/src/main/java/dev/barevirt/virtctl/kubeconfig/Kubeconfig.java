package dev.barevirt.virtctl.kubeconfig;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.Tree;
import dev.barevirt.api.rules.Violation;
import dev.barevirt.api.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Kubeconfig files, merged as kubectl merges them: of two entries with one name the first file's
 * counts, and so does the first current context.
 *
 * @param currentContext the context to take unless another is asked for; may be empty
 * @param contexts by name
 * @param clusters by name
 * @param users by name
 */
record Kubeconfig(
    String currentContext,
    Map<String, Entry> contexts,
    Map<String, Entry> clusters,
    Map<String, Entry> users) {

  /** One entry, and the folder that relative paths in it start from. */
  record Entry(Fields fields, Path folder) {
    private static final Entry NONE = new Entry(new Fields(Tree.of(Map.of())), Path.of(""));

    /** A path in the entry. */
    Optional<Path> path(String name) {
      String written = fields.text(name);
      return written.isEmpty() ? Optional.empty() : Optional.of(folder.resolve(written));
    }

    static Entry none() {
      return NONE;
    }
  }

  /** Whether it says nothing at all. */
  boolean isEmpty() {
    return currentContext.isEmpty() && contexts.isEmpty() && clusters.isEmpty() && users.isEmpty();
  }

  /** Reads files; one that is not there counts as empty. */
  static Kubeconfig load(List<Path> files) {
    String current = "";
    Map<String, Entry> contexts = new LinkedHashMap<>();
    Map<String, Entry> clusters = new LinkedHashMap<>();
    Map<String, Entry> users = new LinkedHashMap<>();
    for (Path file : files) {
      Optional<Fields> read = read(file);
      if (read.isEmpty()) {
        continue;
      }
      Fields document = read.get();
      Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
      current = current.isEmpty() ? document.text("current-context") : current;
      merge(document, "contexts", "context", folder, contexts);
      merge(document, "clusters", "cluster", folder, clusters);
      merge(document, "users", "user", folder, users);
    }
    return new Kubeconfig(current, contexts, clusters, users);
  }

  private static void merge(
      Fields document, String list, String inner, Path folder, Map<String, Entry> into) {
    for (Fields named : document.list(list)) {
      into.putIfAbsent(named.text("name"), new Entry(named.at(inner), folder));
    }
  }

  private static Optional<Fields> read(Path file) {
    try {
      return switch (YamlReader.documents(Files.readString(file))) {
        case Reading.Refused<List<Tree>>(List<Violation> problems) ->
            throw new KubeconfigException(
                "error loading config file \"%s\": %s"
                    .formatted(file, problems.getFirst().message()));
        case Reading.Accepted<List<Tree>>(List<Tree> documents) ->
            documents.stream().findFirst().map(Fields::new);
      };
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new KubeconfigException(
          "error loading config file \"%s\": %s".formatted(file, e.getMessage()), e);
    }
  }
}
