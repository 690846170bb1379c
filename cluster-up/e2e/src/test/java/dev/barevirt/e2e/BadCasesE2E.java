package dev.barevirt.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a machine lacks is said in one sentence, and nothing is left of the attempt. */
class BadCasesE2E {
  private static final String NAME = "e2e-bad";

  private Path folder = Path.of("");

  /** A folder of programs that hides some of the machine's and takes the place of others. */
  private Path programs = Path.of("");

  @BeforeEach
  void somePrograms() throws IOException {
    Path target = Files.createDirectories(Path.of("target/bad-cases").toAbsolutePath());
    folder = Files.createTempDirectory(target, "case");
    programs = Files.createDirectory(folder.resolve("bin"));
    for (String directory : new String[] {"/usr/sbin", "/usr/bin", "/usr/local/bin"}) {
      try (Stream<Path> all = Files.list(Path.of(directory))) {
        for (Path program : all.toList()) {
          Path link = programs.resolve(program.getFileName().toString());
          Files.deleteIfExists(link);
          Files.createSymbolicLink(link, program);
        }
      }
    }
    Files.deleteIfExists(programs.resolve("go"));
  }

  @Test
  void saysThatDockerIsNotInstalled() throws IOException {
    Files.delete(programs.resolve("docker"));
    refuses(up(), "docker is not installed: run 'make deps'");
  }

  @Test
  void saysThatDockerDoesNotAnswer() {
    refuses(
        up().with("DOCKER_HOST", "unix://" + folder.resolve("none.sock")),
        "docker does not answer; 'make deps' starts it");
  }

  @Test
  void saysThatGoIsMissing() {
    refuses(up().with("XDG_CACHE_HOME", folder.toString()), "needs Go 1.26 or newer");
  }

  @Test
  void saysThatGoIsTooOld() throws IOException {
    program("go", "echo go1.19");
    refuses(up().with("XDG_CACHE_HOME", folder.toString()), "is go1.19.");
  }

  @Test
  void saysThatTheDiskIsFull() throws IOException {
    program("go", "echo go1.26");
    program("df", "printf 'Avail\\n 12\\n'");
    refuses(up().with("XDG_CACHE_HOME", folder.toString()), "has 12 MiB of free space left");
  }

  @Test
  void saysWhatIsWrongWithASetting() {
    refuses(up().with("KUBE_NODES", "many"), "KUBE_NODES must be a number from 1 to 9");
    refuses(up().with("KUBE_PROVIDER", "cloud"), "must be local, kind or external");
    refuses(up().with("KUBE_CLUSTER", "A b"), "KUBE_CLUSTER must be a name of at most 20");
    refuses(up().with("KUBE_PROVIDER", "external"), "needs IMAGE_PREFIX");
  }

  @Test
  void saysThatThereIsNoCluster() {
    refuses(script("kubectl.sh", "get", "nodes"), "there is no cluster '" + NAME + "'");
    refuses(script("cli.sh", "nodes"), "there is no cluster '" + NAME + "'");
  }

  @Test
  void buildsOnlyWhatAKilledBuildHasNotFinished() throws IOException {
    // This one builds by writing the name of the program, and dies at the third.
    program(
        "go",
        """
        [ "$1" = build ] || { echo go1.26.0; exit; }
        echo built >>"$XDG_CACHE_HOME/builds"
        [ -e "$XDG_CACHE_HOME/whole" ] || [ "$(wc -l <"$XDG_CACHE_HOME/builds")" -lt 3 ] || kill -9 $PPID
        while [ "$1" != -o ]; do shift; done
        echo >"$2" && chmod +x "$2"
        """);
    Command build =
        shell(". lib/common.sh && . lib/go.sh && build_programs kubernetes")
            .with("XDG_CACHE_HOME", folder.toString());
    assertThat(build.run().status()).isNotZero();
    assertThat(folder.resolve("builds")).content().hasLineCount(3);
    Files.createFile(folder.resolve("whole"));
    build.output();
    assertThat(folder.resolve("builds")).content().hasLineCount(7);
  }

  @Test
  void choosesOtherRangesWhenSomeAreInUse() {
    String choose =
        ". lib/common.sh && . lib/requirements.sh && . lib/docker.sh && . lib/network.sh && "
            + "start=$(($(cksum <<<\"$cluster\" | cut -d' ' -f1) % 200)) && "
            + "taken=$(ranges_of $start | sed -n 's/^node_range4=//p') && "
            + "ip route add $taken dev lo && trap 'ip route del $taken dev lo; docker network rm $cluster' EXIT && "
            + "choose_network && echo taken=$taken";
    String chosen = shell(choose).output();
    String taken =
        chosen
            .substring(chosen.indexOf("taken=") + "taken=".length())
            .lines()
            .findFirst()
            .orElseThrow();
    assertThat(chosen).contains("node_range4=10.89.").doesNotContain("node_range4=" + taken);
  }

  private static void refuses(Command command, String sentence) {
    Command.Outcome outcome = command.run();
    assertThat(outcome.status()).isNotZero();
    assertThat(outcome.output()).contains(sentence);
    assertThat(outcome.output().lines()).hasSize(1);
    assertThat(script("down").output()).contains("there is no cluster '" + NAME + "'");
  }

  private Command up() {
    return script("up").with("PATH", programs.toString());
  }

  private Command shell(String words) {
    return Command.of("bash", "-euo", "pipefail", "-c", "cd " + Cluster.CLUSTER_UP + " && " + words)
        .with("KUBE_CLUSTER", NAME)
        .with("PATH", programs.toString());
  }

  private static Command script(String name, String... arguments) {
    return Command.of(Cluster.CLUSTER_UP.resolve(name).toString(), arguments)
        .with("KUBE_CLUSTER", NAME);
  }

  private void program(String name, String body) throws IOException {
    Path file = programs.resolve(name);
    Files.deleteIfExists(file);
    Files.writeString(file, "#!/bin/bash\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
