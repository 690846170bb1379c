package dev.barevirt.launcher.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OptionTextTest {
  @Test
  void rendersKeysAndValues() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", "serial0");
    members.put("server", true);
    members.put("wait", false);
    members.put("nr", 7L);

    assertThat(OptionText.of("socket", members))
        .isEqualTo("socket,id=serial0,server=on,wait=off,nr=7");
  }

  @Test
  void doublesCommas() {
    assertThat(OptionText.of("", Map.of("serial", "a,b,,c"))).isEqualTo("serial=a,,b,,,,c");
  }

  @Test
  void refusesWhatQemuCannotCarry() {
    for (String bad : List.of("a\nb", "a\0b", "\u001b[0m", "\u007f", "\ud800")) {
      assertThatThrownBy(() -> OptionText.escape(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whateverGoesInComesOutOfQemusReading() {
    Random random = new Random(20_260_102);
    String alphabet = "ab,=\\\"' :{}%$é漢";
    for (int round = 0; round < 2000; round++) {
      List<String> values = new ArrayList<>();
      Map<String, String> members = new LinkedHashMap<>();
      for (int i = 0; i < 3; i++) {
        StringBuilder value = new StringBuilder();
        for (int n = random.nextInt(8); n > 0; n--) {
          value.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        values.add(value.toString());
        members.put("k" + i, value.toString());
      }

      assertThat(readAsQemuDoes(OptionText.of("", members)).values())
          .containsExactlyElementsOf(values);
    }
  }

  /** QEMU's own reading: up to a single comma, a double one stands for one. */
  private static Map<String, String> readAsQemuDoes(String text) {
    Map<String, String> members = new LinkedHashMap<>();
    int at = 0;
    while (at < text.length()) {
      int equals = text.indexOf('=', at);
      String key = text.substring(at, equals);
      StringBuilder value = new StringBuilder();
      at = equals + 1;
      while (at < text.length()) {
        if (text.charAt(at) == ',') {
          if (at + 1 >= text.length() || text.charAt(at + 1) != ',') {
            break;
          }
          at++;
        }
        value.append(text.charAt(at++));
      }
      at++;
      members.put(key, value.toString());
    }
    return members;
  }
}
