package dev.barevirt.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.launcher.cli.output.Output;
import dev.barevirt.launcher.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line in this process, where nothing has to be started. */
class LauncherCliTest {
  private static final Path GOLDENS = Path.of("src/test/resources/golden/cli");

  @TempDir Path directory;
  private Path kernel = Path.of("");

  /** How a command ended. */
  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void makeAKernel() throws IOException {
    kernel = Files.writeString(directory.resolve("vmlinuz"), "kernel");
  }

  @Test
  void listsEveryCommandInItsHelp() throws IOException {
    golden("help", run("--help").out());
    assertThat(run().out()).isEqualTo(run("--help").out());
    assertThat(run("help").out()).isEqualTo(run("--help").out());
  }

  @ParameterizedTest
  @EnumSource(Verb.class)
  void explainsEachCommandWithAnExample(Verb verb) throws IOException {
    String[] words = verb.words().toArray(String[]::new);
    String[] asked = Arrays.copyOf(words, words.length + 1);
    asked[words.length] = "--help";

    Ended help = run(asked);

    assertThat(help.code()).isZero();
    assertThat(help.out()).startsWith("Usage: launcher " + String.join(" ", words));
    assertThat(help.out()).contains("Examples:\n  ", "launcher " + words[0]);
    assertThat(help.out().lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(130));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "strat|1|there is no command 'strat'|did you mean 'launcher start'?",
        "image pul|1|there is no command 'image pul'|did you mean 'launcher image pull'?",
        "frobnicate|1|there is no command 'frobnicate'|'launcher --help' lists the commands",
        "ps --al|1|unknown option '--al'|did you mean '--all'?",
        "ps web|1|unexpected argument 'web'|'launcher ps --help' shows how it is used",
        "run|1|there is nothing to run: give an image, --kernel, --disk or -f|for example",
        "ps --timeout 5x|1|'5x' is not a duration|'launcher ps --help'",
        "console web|14|there is no machine \"web\"|",
        "attach disk web ./a.img|14|there is no machine \"web\"|",
        "detach nic web default|14|there is no machine \"web\"|",
        "run nope|4|there is no image 'nope' in the store|'launcher image pull nope'",
        "run --disk /nope.img|4|disk image /nope.img does not exist|",
        "run --kernel /nope|4|there is no file /nope|",
        "run x --console --headless|1|--console and --headless exclude each other|",
        "run x -d --exec y|1|--exec needs the foreground|'launcher exec' afterwards",
        "run --disk ./vmlinuz --disk ./vmlinuz|2|'disk0' and 'disk1' are the same file|a file of its own",
        "image rm nope|14|there is no image docker.io/library/nope:latest here|",
        "image convert nope out.raw|14|there is no image docker.io/library/nope:latest here|",
        "image pull oci-archive:/nope.tar|14|there is no archive /nope.tar|",
        "snapshot restore web disk0-snapshot-1|14|there is no machine \"web\"|",
        "restore web nope.saved|14|there is no file|",
        "run --disk vmlinuz,serial=a/b|2|serial|",
        "run --disk vmlinuz,bus=floppy|1|--disk bus='floppy' is none of virtio, scsi, sata, usb|",
        "run --disk /tmp|4|/tmp is|",
        "run --memory lots --disk vmlinuz|1|--memory 'lots' is not a size|",
        "run --kernel vmlinuz -p 99999:22|1|99999|",
        "run -f nope.yaml|2|nope.yaml|",
        "inspect web -o table,json|1|table,json|",
        "run x --wait agent|1|--wait needs -d|",
        "run x -d --wait moon|1|--wait 'moon' is none of agent, ssh, serial:REGEX|",
        "run x -d --wait serial:(|1|in the regular expression|",
        "create --memory 64Mi --name ../x|2|cannot be a machine's name|",
        "create --memory 64Mi --name a,b|2|cannot be a machine's name|",
        "qmp web quit|1|'quit' may change the machine|say --unsafe",
        "spec explain spec.domain.cpux|14|spec.domain has no 'cpux'|it has",
      })
  void failsInOneSentenceWithACode(String line, int code, String sentence, String advice) {
    Ended ended = run(line.split(" "));

    assertThat(ended.code()).as(ended.err()).isEqualTo(code);
    assertThat(ended.err()).startsWith("launcher: ").contains(sentence);
    if (advice != null) {
      assertThat(ended.err()).contains(advice);
    }
    assertThat(ended.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a'b", "a\"b", "../up", "a,b", "..", "", "A", "a b", "a/b"})
  void refusesANameThatIsNone(String name) {
    Ended ended = run("create", "--memory", "64Mi", "--name", name);

    assertThat(ended.code()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err().lines()).hasSizeLessThanOrEqualTo(2);
    assertThat(run("ps", "-a", "-o", "name").out()).isEmpty();
    assertThat(directory.resolve("up")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\"b", "../a", "a'b"})
  void refusesASerialThatIsNone(String serial) {
    Ended ended = run("create", "--name", "web", "--disk", "vmlinuz,serial=" + serial);

    assertThat(ended.code()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err()).contains("serial");
    assertThat(run("ps", "-a", "-o", "name").out()).isEmpty();
  }

  @Test
  void refusesASerialOfThreeHundredCharacters() {
    Ended ended = run("create", "--name", "web", "--disk", "vmlinuz,serial=" + "s".repeat(300));

    assertThat(ended.code()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err()).contains("serial");
  }

  @Test
  void refusesAQcow2ThatIsCorrupt() throws IOException {
    Files.write(
        directory.resolve("bad.qcow2"), new byte[] {'Q', 'F', 'I', (byte) 0xfb, 0, 0, 0, 9});

    Ended ended = run("create", "--name", "web", "--disk", "bad.qcow2");

    assertThat(ended.code()).as(ended.err()).isEqualTo(4);
    assertThat(ended.err()).contains("bad.qcow2");
    assertThat(run("ps", "-a", "-o", "name").out()).isEmpty();
  }

  @Test
  void printsObjectsInEveryFormat() {
    run("create", "--name", "web", "--kernel", "vmlinuz");

    assertThat(run("ps", "-a", "-o", "wide").out()).contains("DIRECTORY");
    assertThat(run("ps", "-a", "-o", "yaml").out()).contains("- name: web");
    assertThat(run("ps", "-a", "-o", "name").out()).isEqualTo("web\n");
    assertThat(run("image", "ls", "-o", "json").out()).isEqualTo("[ ]\n");
    assertThat(run("snapshot", "ls", "web", "-o", "yaml").out()).isEqualTo("[]\n");
    assertThat(run("gc", "-o", "name").code()).isZero();
  }

  @Test
  void aMachineThatGoesWhenItEndsIsNotRestarted() throws IOException {
    run("create", "--name", "web", "--kernel", "vmlinuz");
    Files.createFile(directory.resolve("state/machines/web/goes-when-it-ends"));

    Ended ended = run("restart", "web");

    assertThat(ended.code()).isEqualTo(13);
    assertThat(ended.err()).contains("made with --rm");
  }

  @Test
  void refusesANameThatIsTooLong() {
    assertThat(run("create", "--memory", "64Mi", "--name", "a".repeat(300)).code()).isEqualTo(2);
    assertThat(run("ps", "-a", "-o", "name").out()).isEmpty();
  }

  @Test
  void writesFailuresAsJsonWhenAsked() {
    Ended ended = run("console", "web", "--log-format=json");

    assertThat(ended.err())
        .isEqualTo(
            "{\"level\":\"error\",\"message\":\"there is no machine \\\"web\\\"\",\"code\":14,"
                + "\"reason\":\"NOT_FOUND\",\"details\":[],\"advice\":\"\"}\n");
  }

  @Test
  void createsListsInspectsAndDeletes() {
    assertThat(run("create", "--name", "web", "--kernel", "vmlinuz", "-p", "2222:22").out())
        .isEqualTo("web\n");
    assertThat(run("ps").out()).doesNotContain("web");
    assertThat(run("ps", "-a").out())
        .isEqualTo(
            """
            NAME  STATE    UP  CPUS  MEMORY  PORTS
            web   created  -   1     512Mi   2222:22
            """);
    assertThat(run("ps", "-a", "-o", "json").out()).contains("\"state\" : \"created\"");
    assertThat(run("inspect", "web").out()).contains("kernelPath: " + kernel);
    assertThat(run("create", "--name", "web", "--kernel", "vmlinuz").code()).isEqualTo(13);
    assertThat(run("stop", "web").code()).isZero();
    assertThat(run("pause", "web").code()).isEqualTo(13);
    assertThat(run("delete", "web").out()).isEqualTo("web\n");
    assertThat(run("ps", "-a", "-o", "name").out()).isEmpty();
  }

  @Test
  void changesTheDevicesOfAMachineThatDoesNotRun() throws IOException {
    Files.write(directory.resolve("data.img"), new byte[512]);
    assertThat(run("create", "--name", "web", "--kernel", "vmlinuz").code()).isZero();

    Ended attach = run("attach", "disk", "web", "./data.img,name=data");
    assertThat(attach.code()).as(attach.err()).isZero();
    assertThat(attach.out()).isEqualTo("data\n");
    assertThat(run("attach", "nic", "web", "--model", "e1000e").out()).isEqualTo("net1\n");
    assertThat(run("inspect", "web").out()).contains("claimName: data", "model: e1000e");
    assertThat(run("attach", "disk", "web", "./none.img").code()).isEqualTo(4);
    assertThat(run("attach", "disk", "web", "./data.img,name=../x").code()).isEqualTo(2);

    assertThat(run("detach", "disk", "web", "data").code()).isZero();
    assertThat(run("detach", "nic", "web", "net1").code()).isZero();
    assertThat(run("inspect", "web").out()).doesNotContain("claimName", "e1000e", "./none", "../x");
  }

  @Test
  void printsAManifestThatMeansTheSame() throws IOException {
    String spec =
        run(
                "spec",
                "render",
                "--name",
                "x",
                "--kernel",
                "vmlinuz",
                "--net",
                "user",
                "--net",
                "tap=tap0",
                "-p",
                "80:80")
            .out();
    Files.writeString(directory.resolve("x.yaml"), spec);

    assertThat(run("spec", "render", "-f", "x.yaml").out()).isEqualTo(spec);
    assertThat(run("spec", "validate", "x.yaml").out()).isEqualTo("x.yaml: ok\n");
  }

  @Test
  void startsFromItsOwnTemplate() throws IOException {
    Files.writeString(directory.resolve("t.yaml"), run("spec", "init").out());

    Ended ended = run("spec", "validate", "t.yaml");

    assertThat(ended.code()).as(ended.err()).isZero();
  }

  @Test
  void takesTheTemplateOfAVirtualMachine() throws IOException {
    Files.writeString(
        directory.resolve("vm.yaml"),
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachine
        metadata:
          name: from-vm
        spec:
          runStrategy: Always
          template:
            spec:
              domain:
                memory:
                  guest: 64Mi
                devices: {}
              nodeSelector:
                disk: ssd
        """);

    Ended ended = run("spec", "render", "-f", "vm.yaml");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("kind: VirtualMachineInstance", "name: from-vm");
    assertThat(ended.err())
        .isEqualTo("warning: without a cluster these have no effect: spec.nodeSelector\n");
  }

  @Test
  void secretsOfCredentialsAreDirectoriesThatTheManifestNames() throws IOException {
    String manifest =
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachineInstance
        metadata:
          name: let-in
          annotations:
            launcher.barevirt.dev/files.%s: %s
        spec:
          domain: {memory: {guest: 64Mi}}
          accessCredentials:
          - userPassword:
              source: {secret: {secretName: passwords}}
              propagationMethod: {qemuGuestAgent: {}}
        """;
    Path secret = Files.createDirectory(directory.resolve("secret"));
    Files.writeString(directory.resolve("ok.yaml"), manifest.formatted("passwords", secret));
    Files.writeString(directory.resolve("none.yaml"), manifest.formatted("others", secret));
    Files.writeString(directory.resolve("gone.yaml"), manifest.formatted("passwords", "/nope"));

    assertThat(run("spec", "validate", "ok.yaml").out()).isEqualTo("ok.yaml: ok\n");
    assertThat(run("spec", "validate", "none.yaml").err())
        .contains(
            "spec.accessCredentials[0].userPassword.source.secret",
            "give a directory for the secret");
    assertThat(run("run", "-f", "gone.yaml").err())
        .contains("secret 'passwords': there is no directory /nope");
  }

  @Test
  void namesTheLineOfAMistake() throws IOException {
    Files.writeString(
        directory.resolve("bad.yaml"),
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachineInstance
        spec:
          domain:
            cpu: {coers: 1}
            memory: {guest: lots}
            devices: {}
        """);

    Ended ended = run("spec", "validate", "bad.yaml");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .contains(
            "bad.yaml has 2 errors", "spec.domain.cpu.coers", "did you mean \"cores\"?", "line 5")
        .contains("spec.domain.memory.guest", "line 6");
  }

  @ParameterizedTest
  @CsvSource({"bash", "zsh", "fish"})
  void completesEveryCommand(String shell) {
    String script = run("completion", shell).out();

    for (Verb verb : Verb.values()) {
      assertThat(script).contains(verb.words().getLast());
    }
  }

  private Ended run(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var output =
        new Output(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Terminal.NONE);
    Map<String, String> environment =
        Map.of(
            "BAREVIRT_STATE_DIR", directory.resolve("state").toString(),
            "BAREVIRT_RUNTIME_DIR", directory.resolve("run").toString(),
            "HOME", directory.toString());
    var cli =
        new LauncherCli(output, new ByteArrayInputStream(new byte[0]), environment, directory);
    int code = cli.run(List.of(arguments));
    return new Ended(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Compares with a file; {@code -Dgolden.update=true} rewrites it. */
  private static void golden(String name, String text) throws IOException {
    Path file = GOLDENS.resolve(name + ".txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDENS);
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }
}
