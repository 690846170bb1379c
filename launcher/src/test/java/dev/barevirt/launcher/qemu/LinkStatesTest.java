package dev.barevirt.launcher.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.v1.device.Interface;
import dev.barevirt.qmp.FakeQemu;
import dev.barevirt.qmp.QmpClient;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WireSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class LinkStatesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static Interface nic(String name, String state) {
    String json = "{\"name\": \"%s\", \"state\": \"%s\"}".formatted(name, state);
    return RecordReader.STRICT.read(Interface.class, json).orThrow();
  }

  private static List<String> told(List<Interface> before, List<Interface> now) throws Exception {
    List<String> links = new CopyOnWriteArrayList<>();
    try (FakeQemu fake = FakeQemu.start()) {
      fake.on(
          "set_link",
          call -> {
            links.add(call.arguments().at("name").text() + " " + call.arguments().at("up"));
            call.reply("{}");
          });
      try (WireLoop loop = WireLoop.start("links");
          QmpClient client =
              QmpClient.connect(loop, fake.socket(), WireSettings.resident(), PATIENCE)) {
        new LinkStates(new Monitor(client)).follow(before, now);
      }
    }
    return List.copyOf(links);
  }

  @Test
  void ofNewInterfacesOnlyThoseGoDownThatAreToBe() {
    assertThat(LinkStates.down(List.of(nic("a", "up"), nic("b", "down"), nic("c", ""))))
        .containsExactly("net-b");
  }

  @Test
  void newInterfacesAreLeftAsTheyWerePlugged() throws Exception {
    assertThat(told(List.of(), List.of(nic("a", "up"), nic("b", "down")))).isEmpty();
  }

  @Test
  void ofOldInterfacesOnlyThoseChangeThatSaySomethingElse() throws Exception {
    List<Interface> before = List.of(nic("a", "up"), nic("b", "down"), nic("c", "down"));
    List<Interface> now = List.of(nic("a", "down"), nic("b", "up"), nic("c", "down"));

    assertThat(told(before, now)).containsExactly("net-a false", "net-b true");
  }

  @Test
  void whatIsToBeUnpluggedIsLeftAlone() throws Exception {
    assertThat(told(List.of(nic("a", "down")), List.of(nic("a", "absent")))).isEmpty();
  }
}
