package dev.barevirt.virtctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CredentialsTest {
  private static final String VM = "/apis/kubevirt.io/v1/namespaces/ns/virtualmachines/vm";
  private static final String SECRET = "/api/v1/namespaces/ns/secrets/keys";
  private static final String KEY = "ssh-ed25519 AAAA me";

  private FakeApi api;
  private CommandLine line;

  @BeforeEach
  void start() throws IOException {
    api = new FakeApi();
    line = CommandLine.to(api);
    api.on(
        "GET " + VM,
        200,
        """
        {"metadata": {"name": "vm", "uid": "u1", "resourceVersion": "7"},
         "spec": {"template": {"spec": {"accessCredentials": [
           {"sshPublicKey": {"source": {"secret": {"secretName": "keys"}},
             "propagationMethod": {"qemuGuestAgent": {"users": ["debian"]}}}}]}}}}""");
    api.on("PATCH " + SECRET, 200, "{}").on("PATCH " + VM, 200, "{}");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void aKeyGoesIntoTheSecretOfTheMachine() {
    api.on("GET " + SECRET, 200, "{\"metadata\":{\"ownerReferences\":[{\"uid\":\"u1\"}]}}");

    assertThat(line.run("credentials", "add-ssh-key", "vm", "-u", "debian", "--value", KEY))
        .as(line.err())
        .isZero();
    assertThat(api.asked().getLast().line()).isEqualTo("PATCH " + SECRET);
    assertThat(api.asked().getLast().body()).contains(base64(KEY));
  }

  @Test
  void aSecretOfOthersIsChangedByForceOnly() {
    api.on("GET " + SECRET, 200, "{\"metadata\":{}}");
    String[] add = {"credentials", "add-ssh-key", "vm", "-u", "debian", "--value", KEY};

    assertThat(line.run(add)).isEqualTo(1);
    assertThat(line.err()).contains("secret keys does not belong to machine vm alone");
    assertThat(api.asked()).noneMatch(asked -> asked.line().startsWith("PATCH"));

    String[] forced = java.util.Arrays.copyOf(add, add.length + 1);
    forced[add.length] = "--force";
    assertThat(line.run(forced)).isZero();
  }

  @Test
  void aNewSecretBelongsToTheMachineWhichNamesIt() {
    api.on("POST /api/v1/namespaces/ns/secrets", 201, "{\"metadata\":{\"name\":\"vm-ssh-key-x\"}}");

    assertThat(
            line.run(
                "credentials", "add-ssh-key", "vm", "-u", "me", "--value", KEY, "--create-secret"))
        .as(line.err())
        .isZero();
    assertThat(api.asked().getLast().line()).isEqualTo("PATCH " + VM);
    assertThat(api.asked().getLast().body())
        .contains("\"secretName\":\"keys\"", "\"secretName\":\"vm-ssh-key-x\"")
        .contains("\"resourceVersion\":\"7\"");
  }

  @Test
  void aKeyIsRemovedByItsText() {
    api.on(
        "GET " + SECRET,
        200,
        "{\"metadata\":{\"ownerReferences\":[{\"uid\":\"u1\"}]},\"data\":{\"mine\":\"%s\",\"other\":\"%s\"}}"
            .formatted(base64(KEY + "\n"), base64("ssh-rsa B")));

    assertThat(line.run("credentials", "remove-ssh-key", "vm", "-u", "debian", "--value", KEY))
        .as(line.err())
        .isZero();
    assertThat(api.asked().getLast().body()).isEqualTo("{\"data\":{\"mine\":null}}");
  }

  @Test
  void aMachineWithoutPasswordsSaysSo() {
    assertThat(line.run("credentials", "set-password", "vm", "-u", "debian", "-p", "secret"))
        .isEqualTo(1);
    assertThat(line.err()).contains("machine vm has no userPassword credential");
    assertThat(line.run("credentials", "set-password", "vm", "-u", "debian")).isEqualTo(1);
    assertThat(line.err()).contains("required flag(s) \"password\" not set");
  }

  @Test
  void whatTheServerDoesNotDoIsSaidInItsWords() {
    String base = "/apis/subresources.kubevirt.io/v1/namespaces/ns/virtualmachines/vm/";
    for (String verb : new String[] {"migrate", "addvolume", "removevolume"}) {
      api.on(
          "PUT " + base + verb,
          400,
          "{\"kind\":\"Status\",\"message\":\"%s is not supported by this version\"}"
              .formatted(verb));
    }

    assertThat(line.run("migrate", "vm")).isEqualTo(1);
    assertThat(line.run("addvolume", "vm", "--volume-name=v")).isEqualTo(1);
    assertThat(line.run("removevolume", "vm", "--volume-name=v")).isEqualTo(1);
    assertThat(line.err().lines().filter(it -> it.contains("is not supported by this version")))
        .hasSize(3);
  }

  private static String base64(String text) {
    return Base64.getEncoder()
        .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
