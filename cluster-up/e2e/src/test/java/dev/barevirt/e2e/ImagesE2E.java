package dev.barevirt.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Images get onto the nodes as archives, under the names that pods use. */
class ImagesE2E {
  @RegisterExtension static final Cluster CLUSTER = new Cluster();

  private static final String NAME = "localhost/e2e/changing:dev";

  @Test
  void newContentTakesTheNameAndTheOldIsLetGo() throws IOException {
    Path first = archive("first");
    Path second = archive("second");

    assertThat(Cluster.cli("load-image", first.toString())).contains("loading " + NAME);
    String before = held();
    assertThat(Cluster.cli("load-image", first.toString())).isEmpty();
    assertThat(held()).isEqualTo(before);

    assertThat(Cluster.cli("load-image", second.toString())).contains("loading " + NAME);
    assertThat(held()).isNotEqualTo(before).hasLineCount(2);
    assertThat(digests()).doesNotContain(before.lines().findFirst().orElseThrow());
  }

  @Test
  void whatIsNoArchiveIsRefused() throws IOException {
    Path file = Files.writeString(Path.of("target/no-archive.tar"), "nothing of the kind");
    Command.Outcome outcome =
        Command.of(Cluster.CLUSTER_UP.resolve("cli.sh").toString(), "load-image", file.toString())
            .run();
    assertThat(outcome.status()).isNotZero();
    assertThat(outcome.output()).contains("is no image archive").hasLineCount(1);
  }

  private static Path archive(String content) throws IOException {
    Path root = Files.createDirectories(Path.of("target/changing-" + content));
    Files.writeString(root.resolve("content"), content);
    Path archive = Path.of("target/changing-" + content + ".tar");
    Command.of("../../launcher/guests/oci-archive", NAME, root.toString(), archive.toString())
        .output();
    return archive;
  }

  /** What each node has under the name. */
  private static String held() {
    return perNode("ctr -n k8s.io images ls name==" + NAME);
  }

  private static String digests() {
    return perNode("ctr -n k8s.io images ls");
  }

  private static String perNode(String listing) {
    StringBuilder all = new StringBuilder();
    for (String node : Cluster.cli("nodes").lines().toList()) {
      all.append(
              Cluster.cli(
                  "ssh",
                  node,
                  "--",
                  "bash",
                  "-c",
                  listing + " 2>/dev/null | awk 'NR > 1 {print $3}'"))
          .append('\n');
    }
    return all.toString().strip();
  }
}
