package dev.barevirt.launcher.qemu;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.CredentialReport;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.yaml.YamlReader;
import dev.barevirt.launcher.credential.AccessCredentials;
import dev.barevirt.launcher.guest.GuestNews;
import dev.barevirt.launcher.guest.MachineListener;
import dev.barevirt.launcher.guest.QemuExit;
import dev.barevirt.qmp.FakeQemu;
import dev.barevirt.qmp.Until;
import dev.barevirt.qmp.agent.GuestAgent;
import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WireSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the guest's agent is given, and when. */
final class CredentialKeeperTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration STEP = Duration.ofMillis(5);
  private static final String KEYS = "guest-ssh-add-authorized-keys";
  private static final String PASSWORD = "guest-set-user-password";
  private static final String CREDENTIALS =
      """
      spec:
        domain: {}
        accessCredentials:
        - sshPublicKey:
            source: {secret: {secretName: keys}}
            propagationMethod: {qemuGuestAgent: {users: [root]}}
        - userPassword:
            source: {secret: {secretName: passwords}}
            propagationMethod: {qemuGuestAgent: {}}
      """;

  private final WireLoop loop = WireLoop.start("agent");
  private final FakeQemu guest;
  private final Map<String, SortedMap<String, byte[]>> secrets = new ConcurrentHashMap<>();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final CredentialKeeper keeper;
  private final AgentLink link;

  CredentialKeeperTest() throws Exception {
    guest = FakeQemu.startAgent();
    guest.answering("guest-info", "{\"version\": \"7.2\", \"supported_commands\": []}");
    guest.answering(KEYS, "{}").answering(PASSWORD, "{}");
    hold("keys", "a", "ssh-rsa one");
    hold("passwords", "root", "hunter2");
    var vmi = YamlReader.read(VirtualMachineInstance.class, CREDENTIALS).orThrow();
    keeper =
        new CredentialKeeper(
                new AccessCredentials(vmi.spec().accessCredentials()),
                name -> Objects.requireNonNull(secrets.get(name)),
                new Ear(),
                STEP)
            .begun();
    GuestAgent agent = GuestAgent.connect(loop, guest.socket(), WireSettings.agent());
    link = new AgentLink(agent, () -> true, SOON, () -> {}, keeper::agentCame);
  }

  @AfterEach
  void close() {
    keeper.close();
    link.close();
    guest.close();
    loop.close();
  }

  @Test
  void anAgentThatComesIsGivenAllOnce() {
    assertThat(keeper.report()).isNull();

    link.changed(true);

    Until.holds(
        "the agent has all", () -> new CredentialReport(true, null).equals(keeper.report()));
    assertThat(events).containsExactly("AccessCredentialsSyncSuccess");
    Json keys = asked(KEYS).getFirst();
    assertThat(keys.at("username").text()).isEqualTo("root");
    assertThat(keys.at("keys").elements()).extracting(Json::text).containsExactly("ssh-rsa one");
    assertThat(keys.at("reset").bool()).isTrue();
    assertThat(asked(PASSWORD).getFirst().at("username").text()).isEqualTo("root");
  }

  @Test
  void whatChangesIsGivenAgainAndNothingElse() {
    link.changed(true);
    Until.holds("the agent has all", () -> keeper.report() != null);

    hold("passwords", "root", "changed");

    Until.holds("the password is given again", () -> asked(PASSWORD).size() == 2);
    assertThat(asked(KEYS)).hasSize(1);
  }

  @Test
  void anAgentThatComesAgainIsGivenAllAgain() {
    link.changed(true);
    Until.holds("the agent has all", () -> keeper.report() != null);

    link.changed(false);
    link.changed(true);

    Until.holds("all is given again", () -> asked(KEYS).size() == 2 && asked(PASSWORD).size() == 2);
  }

  @Test
  void whatTheGuestRefusesIsToldAndTriedAgain() {
    guest.on(PASSWORD, call -> call.refuse("GenericError", "no such user"));
    link.changed(true);
    Until.holds("the refusal is known", () -> keeper.report() != null);
    assertThat(keeper.report())
        .isEqualTo(
            new CredentialReport(
                false, "user root: the guest did not set a password: no such user"));
    assertThat(asked(KEYS)).hasSize(1);

    guest.answering(PASSWORD, "{}");

    Until.holds(
        "the guest has all", () -> new CredentialReport(true, null).equals(keeper.report()));
    assertThat(events)
        .containsExactly("AccessCredentialsSyncFailed", "AccessCredentialsSyncSuccess");
    assertThat(asked(KEYS)).as("what it took it is not given again").hasSize(1);
  }

  private List<Json> asked(String command) {
    return guest.received().stream()
        .filter(request -> request.at("execute").text().equals(command))
        .map(request -> request.at("arguments"))
        .toList();
  }

  private void hold(String secret, String key, String value) {
    secrets.put(secret, new TreeMap<>(Map.of(key, value.getBytes(UTF_8))));
  }

  /** Remembers the kinds of events. */
  private final class Ear implements MachineListener {
    @Override
    public void news(GuestNews news) {}

    @Override
    public void changed() {}

    @Override
    public void happened(String type, @Nullable String message) {
      events.add(type);
    }

    @Override
    public void exited(QemuExit exit) {}
  }
}
