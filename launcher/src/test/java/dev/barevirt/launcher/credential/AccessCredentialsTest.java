package dev.barevirt.launcher.credential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.yaml.YamlReader;
import dev.barevirt.launcher.disk.DiskException;
import dev.barevirt.launcher.disk.DiskException.Reason;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which keys and passwords go where. */
final class AccessCredentialsTest {
  private static final Map<String, Map<String, String>> SECRETS =
      Map.of(
          "first", Map.of("a", "ssh-rsa one\n# a comment\n\nssh-rsa two\n"),
          "second", Map.of("b", "ssh-rsa three", "c", "ssh-rsa four\r\n"),
          "passwords", Map.of("root", "hunter2\n", "ada", "a b"));

  @Test
  void seedsCarryTheKeysThatAreForThem() {
    AccessCredentials credentials =
        of(
            """
            - sshPublicKey:
                source: {secret: {secretName: first}}
                propagationMethod: {noCloud: {}}
            - sshPublicKey:
                source: {secret: {secretName: second}}
                propagationMethod: {configDrive: {}}
            """);

    var keys = credentials.bootKeys(AccessCredentialsTest::secret);

    assertThat(keys.noCloud()).containsExactly("ssh-rsa one", "ssh-rsa two");
    assertThat(keys.configDrive()).containsExactly("ssh-rsa three", "ssh-rsa four");
    assertThat(credentials.needAgent()).isFalse();
  }

  @Test
  void theAgentGetsEachUsersKeysAndPasswords() {
    AccessCredentials credentials =
        of(
            """
            - sshPublicKey:
                source: {secret: {secretName: first}}
                propagationMethod: {qemuGuestAgent: {users: [root, ada]}}
            - sshPublicKey:
                source: {secret: {secretName: second}}
                propagationMethod: {qemuGuestAgent: {users: [ada]}}
            - userPassword:
                source: {secret: {secretName: passwords}}
                propagationMethod: {qemuGuestAgent: {}}
            """);

    AgentAccounts accounts = credentials.agentAccounts(AccessCredentialsTest::secret);

    assertThat(credentials.needAgent()).isTrue();
    assertThat(accounts.keys())
        .containsOnly(
            Map.entry("root", List.of("ssh-rsa one", "ssh-rsa two")),
            Map.entry(
                "ada", List.of("ssh-rsa one", "ssh-rsa two", "ssh-rsa three", "ssh-rsa four")));
    assertThat(accounts.passwords())
        .containsOnly(Map.entry("root", "hunter2"), Map.entry("ada", "a b"));
    assertThat(accounts.toString()).contains("root", "ada").doesNotContain("hunter2");
    assertThat(credentials.bootKeys(AccessCredentialsTest::secret).noCloud()).isEmpty();
  }

  @Test
  void aSecretThatIsNotThereIsNamed() {
    AccessCredentials credentials =
        of(
            """
            - sshPublicKey:
                source: {secret: {secretName: lost}}
                propagationMethod: {noCloud: {}}
            """);

    assertThatThrownBy(() -> credentials.bootKeys(AccessCredentialsTest::secret))
        .isInstanceOf(DiskException.class)
        .hasMessageContaining("lost");
  }

  private static AccessCredentials of(String credentials) {
    String manifest = "spec:\n  domain: {}\n  accessCredentials:\n" + credentials.indent(2);
    return new AccessCredentials(
        YamlReader.read(VirtualMachineInstance.class, manifest)
            .orThrow()
            .spec()
            .accessCredentials());
  }

  private static SortedMap<String, byte[]> secret(String name) {
    Map<String, String> held = SECRETS.get(name);
    if (held == null) {
      throw new DiskException(Reason.MISSING, "there is no secret " + name);
    }
    SortedMap<String, byte[]> files = new TreeMap<>();
    held.forEach((key, value) -> files.put(key, value.getBytes(UTF_8)));
    return files;
  }
}
