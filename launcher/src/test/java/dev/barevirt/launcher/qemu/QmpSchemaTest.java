package dev.barevirt.launcher.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.qmp.wire.Json;
import org.junit.jupiter.api.Test;

final class QmpSchemaTest {
  private static final QmpSchema SCHEMA =
      new QmpSchema(
          Json.parse(
              """
              [{"name": "netdev_add", "meta-type": "command", "arg-type": "1", "ret-type": "0"},
               {"name": "1", "meta-type": "object", "tag": "type", "members": [],
                "variants": [{"case": "stream", "type": "2"}, {"case": "user", "type": "9"}]},
               {"name": "2", "meta-type": "object", "members": [{"name": "reconnect-ms", "type": "int"}]},
               {"name": "STOP", "meta-type": "event", "arg-type": "0"}]
              """));

  @Test
  void findsWhatIsThere() {
    assertThat(SCHEMA.hasCommand("netdev_add")).isTrue();
    assertThat(SCHEMA.hasVariant("netdev_add", "stream")).isTrue();
    assertThat(SCHEMA.variantHasMember("netdev_add", "stream", "reconnect-ms")).isTrue();
  }

  @Test
  void doesNotFindWhatIsNot() {
    assertThat(SCHEMA.hasCommand("STOP")).as("an event").isFalse();
    assertThat(SCHEMA.hasCommand("1")).as("a type").isFalse();
    assertThat(SCHEMA.hasVariant("netdev_add", "passt")).isFalse();
    assertThat(SCHEMA.hasVariant("netdev_add", "user")).as("its type is missing").isFalse();
    assertThat(SCHEMA.variantHasMember("netdev_add", "stream", "reconnect")).isFalse();
    assertThat(new QmpSchema(Json.parse("{}")).hasCommand("netdev_add")).isFalse();
  }
}
