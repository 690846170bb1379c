package dev.barevirt.launcher.cli.spec;

import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import dev.barevirt.api.schema.WireName;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import dev.barevirt.launcher.cli.output.Text;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the manifest's fields mean, as the records themselves say it. */
public final class FieldGuide {
  private FieldGuide() {}

  /**
   * One field.
   *
   * @param name as it is written
   * @param type what it takes, in a word
   * @param required whether it must be there
   * @param text what it means
   * @param words the only words it takes; empty when it takes any
   */
  public record Field(
      String name, String type, boolean required, String text, List<String> words) {}

  /**
   * A field and what is in it.
   *
   * @param path where it is
   * @param self the field
   * @param fields what can be in it; empty for a plain value
   */
  public record Page(String path, Field self, List<Field> fields) {}

  /** The page of a path such as {@code spec.domain.cpu}; indexes in it are ignored. */
  public static Page page(String path) {
    Field self = new Field("", "object", true, "A virtual machine that runs.", List.of());
    Type type = VirtualMachineInstance.class;
    StringBuilder walked = new StringBuilder();
    for (String step : path.isEmpty() ? new String[0] : path.split("\\.", -1)) {
      String name = step.replaceAll("\\[.*]$", "");
      RecordComponent component = component(type, name, walked.toString(), path);
      walked.append(walked.isEmpty() ? "" : ".").append(name);
      self = field(component);
      type = element(component.getGenericType());
    }
    List<Field> fields =
        type instanceof Class<?> c && c.isRecord()
            ? Arrays.stream(c.getRecordComponents()).map(FieldGuide::field).toList()
            : List.of();
    return new Page(path, self, fields);
  }

  private static RecordComponent component(Type type, String name, String walked, String path) {
    List<RecordComponent> known =
        type instanceof Class<?> c && c.isRecord() ? List.of(c.getRecordComponents()) : List.of();
    return known.stream()
        .filter(component -> wireName(component).equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(known, name, walked, path));
  }

  private static CliFailure unknown(
      List<RecordComponent> known, String name, String walked, String path) {
    String place = walked.isEmpty() ? "the manifest" : walked;
    CliFailure failure =
        CliFailure.of(
            ExitCode.NOT_FOUND,
            "there is no field '"
                + Text.printable(path)
                + "': "
                + place
                + " has no '"
                + Text.printable(name)
                + "'");
    List<String> names = known.stream().map(FieldGuide::wireName).toList();
    Optional<String> alike =
        names.stream()
            .filter(n -> n.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT)))
            .findFirst();
    return names.isEmpty()
        ? failure
        : failure.advising(
            alike
                .map(n -> "did you mean '" + n + "'?")
                .orElse("it has " + String.join(", ", names)));
  }

  private static Field field(RecordComponent component) {
    return new Field(
        wireName(component),
        word(component.getGenericType()),
        component.isAnnotationPresent(Required.class),
        text(component),
        words(component));
  }

  private static String text(AnnotatedElement component) {
    Doc doc = component.getAnnotation(Doc.class);
    return doc == null ? "" : doc.value();
  }

  private static List<String> words(AnnotatedElement component) {
    Allowed allowed = component.getAnnotation(Allowed.class);
    return allowed == null ? List.of() : List.of(allowed.value());
  }

  private static String wireName(RecordComponent component) {
    WireName name = component.getAnnotation(WireName.class);
    return name == null ? component.getName() : name.value();
  }

  /** What a list's or map's entries are; the type itself otherwise. */
  private static Type element(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return arguments[arguments.length - 1];
    }
    return type;
  }

  private static String word(Type type) {
    if (type instanceof ParameterizedType generic) {
      boolean list = generic.getRawType() == List.class;
      return (list ? "list of " : "map of ") + word(element(type));
    }
    if (!(type instanceof Class<?> c)) {
      return "value";
    }
    return c.isRecord() ? "object" : c.getSimpleName().toLowerCase(Locale.ROOT);
  }
}
