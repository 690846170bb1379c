package dev.barevirt.launcher.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PropertiesTest {
  @Test
  void nullIsWrittenOnlyWhenItIsMeant() {
    Properties node =
        Properties.of("driver", "qcow2").with("file", (String) null).withNull("backing");

    assertThat(JsonText.of(node.resolve(new Dialect.Pasted())))
        .isEqualTo("{\"driver\":\"qcow2\",\"backing\":null}");
  }

  @Test
  void aLaterMemberReplacesNull() {
    Properties node = Properties.none().withNull("backing").with(Properties.of("backing", "base"));

    assertThat(node.text("backing")).isEqualTo("base");
  }
}
