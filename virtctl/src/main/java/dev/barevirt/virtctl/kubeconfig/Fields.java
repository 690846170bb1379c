package dev.barevirt.virtctl.kubeconfig;

import dev.barevirt.api.json.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a document that is read leniently: what is missing or of another kind is empty.
 *
 * @param tree the object
 */
public record Fields(Tree tree) {
  private static final Fields NONE = new Fields(Tree.of(Map.of()));

  /** The object of a name. */
  public Fields at(String name) {
    return child(name).map(Fields::new).orElse(NONE);
  }

  /** The text of a name; a number or a truth counts as its text. */
  public String text(String name) {
    return switch (child(name).orElse(null)) {
      case Tree.Text(String value, _) -> value;
      case Tree.Numeral numeral -> numeral.value().toPlainString();
      case Tree.Truth truth -> String.valueOf(truth.value());
      case null, default -> "";
    };
  }

  /** Whether the name is true. */
  public boolean truth(String name) {
    return text(name).equals("true");
  }

  /** The objects of a list. */
  public List<Fields> list(String name) {
    return child(name)
        .filter(Tree.Sequence.class::isInstance)
        .map(list -> ((Tree.Sequence) list).elements().stream().map(Fields::new).toList())
        .orElse(List.of());
  }

  /** The texts of a list. */
  public List<String> texts(String name) {
    return list(name).stream()
        .filter(each -> each.tree() instanceof Tree.Text)
        .map(each -> ((Tree.Text) each.tree()).value())
        .toList();
  }

  /** Names and texts, as labels are. */
  public Map<String, String> pairs(String name) {
    Map<String, String> pairs = new LinkedHashMap<>();
    Fields inner = at(name);
    if (inner.tree() instanceof Tree.Struct(Map<String, Tree> fields, _)) {
      fields.keySet().forEach(key -> pairs.put(key, inner.text(key)));
    }
    return pairs;
  }

  /** All of it as plain values; empty when it is no object. */
  public Map<String, Object> plain() {
    Map<String, Object> plain = new LinkedHashMap<>();
    if (tree instanceof Tree.Struct(Map<String, Tree> fields, _)) {
      fields.forEach(
          (name, value) -> {
            Object inner = value.plain();
            if (inner != null) {
              plain.put(name, inner);
            }
          });
    }
    return plain;
  }

  /** Whether there is anything by that name. */
  public boolean has(String name) {
    return child(name).isPresent();
  }

  private Optional<Tree> child(String name) {
    return tree instanceof Tree.Struct(Map<String, Tree> fields, _)
        ? Optional.ofNullable(fields.get(name)).filter(each -> !(each instanceof Tree.Nothing))
        : Optional.empty();
  }
}
