package dev.barevirt.virtctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {
  @TempDir private Path folder;
  private FakeApi api;
  private CommandLine line;

  @BeforeEach
  void start() throws IOException {
    api = new FakeApi();
    line = new CommandLine().in(folder);
    write("one", "clusters: [{name: c, cluster: {server: '%s'}}]\ncurrent-context: a\n");
    write(
        "two",
        """
        clusters: [{name: c, cluster: {server: 'http://127.0.0.1:1'}}]
        current-context: b
        contexts:
        - {name: a, context: {cluster: c, user: u, namespace: first}}
        - {name: b, context: {cluster: c, user: v, namespace: second}}
        users:
        - {name: u, user: {token: one}}
        - {name: v, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin, interactiveMode: Never, env: [{name: GIVEN, value: two}]}}}
        - {name: w, user: {tokenFile: token}}
        """);
    write("token", "three\n");
    line.with("KUBECONFIG", "one:missing:two");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void ofSeveralFilesTheFirstToNameSomethingCounts() {
    assertThat(started("first")).isEqualTo("Bearer one");
  }

  @Test
  void flagsComeBeforeFiles() {
    assertThat(started("mine", "-n", "mine", "--token", "given")).isEqualTo("Bearer given");
    assertThat(started("first", "--user=w")).isEqualTo("Bearer three");
    assertThat(started("first", "--as=somebody", "--as-group=g", "--as-group=h"))
        .isEqualTo("Bearer one");
    assertThat(api.asked().getLast().headers()).containsEntry("impersonate-user", "somebody");
  }

  @Test
  void aPluginIsAskedForTheToken() throws IOException {
    write(
        "plugin",
        """
        #!/bin/sh
        case $KUBERNETES_EXEC_INFO in *ExecCredential*) ;; *) exit 1 ;; esac
        echo "{\\"kind\\":\\"ExecCredential\\",\\"status\\":{\\"token\\":\\"from-$GIVEN\\"}}"
        """);
    assertThat(folder.resolve("plugin").toFile().setExecutable(true)).isTrue();

    assertThat(started("second", "--context", "b")).isEqualTo("Bearer from-two");
  }

  @Test
  void aPluginThatIsMissingIsNamed() {
    assertThat(line.run("start", "vm", "--context=b")).isEqualTo(1);
    assertThat(line.err()).contains("getting credentials: exec: executable ./plugin");
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThat(line.run("start", "vm", "--context=c")).isEqualTo(1);
    assertThat(line.run("start", "vm", "--cluster=d")).isEqualTo(1);
    assertThat(line.run("start", "vm", "--user=e")).isEqualTo(1);
    assertThat(line.run("start", "vm", "--kubeconfig=f")).isEqualTo(1);
    assertThat(line.err())
        .isEqualTo(
            """
            context "c" does not exist
            cluster "d" does not exist
            auth info "e" does not exist
            stat f: no such file or directory
            """);
  }

  @Test
  void withoutAnyConfigurationItSaysWhatToDo() {
    assertThat(line.with("KUBECONFIG", "missing").run("start", "vm")).isEqualTo(1);
    assertThat(line.err()).contains("no cluster is configured", "--kubeconfig");
  }

  /** Starts a machine and answers who asked. */
  private String started(String namespace, String... flags) {
    api.on(
        "PUT /apis/subresources.kubevirt.io/v1/namespaces/%s/virtualmachines/vm/start"
            .formatted(namespace),
        202,
        "");
    String[] words = new String[flags.length + 2];
    System.arraycopy(flags, 0, words, 2, flags.length);
    words[0] = "start";
    words[1] = "vm";
    assertThat(line.run(words)).as(line.err()).isZero();
    return api.asked().getLast().headers().getOrDefault("authorization", "");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text.replace("%s", api.address()));
  }
}
