package dev.barevirt.api.yaml;

import dev.barevirt.api.json.RecordWriter;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/** Writes records as YAML that every reader, those of YAML 1.1 included, reads the same way. */
public final class YamlWriter {
  private static final DumpSettings SETTINGS =
      DumpSettings.builder()
          .setDefaultFlowStyle(FlowStyle.BLOCK)
          .setIndicatorIndent(0)
          .setSplitLines(false)
          .setDereferenceAliases(true)
          .build();

  private YamlWriter() {}

  /** The record as one document. */
  public static String toYaml(Record value) {
    return toYaml(RecordWriter.plain(value));
  }

  /** Plain values as one document. */
  public static String toYaml(Map<String, ?> plain) {
    return new Dump(SETTINGS, new Quoting(SETTINGS)).dumpToString(plain);
  }

  /** Puts texts into quotes that would mean something else without. */
  private static final class Quoting extends StandardRepresenter {
    Quoting(DumpSettings settings) {
      super(settings);
      representers.put(
          String.class,
          data -> {
            String text = data.toString();
            return representScalar(Tag.STR, text, style(text));
          });
    }

    private static ScalarStyle style(String text) {
      if (!PlainScalar.isText(text) || !text.codePoints().allMatch(Quoting::isPrintable)) {
        return ScalarStyle.DOUBLE_QUOTED;
      }
      return text.indexOf('\n') >= 0 ? ScalarStyle.LITERAL : ScalarStyle.PLAIN;
    }

    private static boolean isPrintable(int c) {
      boolean breaksLines = c == 0x2028 || c == 0x2029 || c == 0xfeff;
      return c == '\n' || c == '\t' || !(Character.isISOControl(c) || breaksLines);
    }
  }
}
