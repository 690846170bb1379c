package dev.barevirt.launcher.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.launcher.machine.Vmis;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetricsDocumentTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final HostFigures FIGURES = new HostFigures(2, 30, 400, 500, 600, 70, 80, 9);

  @TempDir Path directory;

  @Test
  void tellsOfTheHostAndOfTheGuest() {
    String document = MetricsDocument.of(Vmis.domain("cpu: {cores: 3}"), "a<b&c").at(NOW, FIGURES);

    assertThat(document).startsWith("<metrics>\n").endsWith("</metrics>");
    assertThat(value(document, "host", "HostName")).isEqualTo("a&lt;b&amp;c");
    assertThat(value(document, "host", "Time")).isEqualTo("1800000000");
    assertThat(value(document, "host", "NumberOfPhysicalCPUs")).isEqualTo("2");
    assertThat(value(document, "host", "TotalCPUTime")).isEqualTo("30");
    assertThat(value(document, "host", "FreePhysicalMemory")).isEqualTo("400");
    assertThat(value(document, "host", "FreeVirtualMemory")).isEqualTo("500");
    assertThat(value(document, "host", "UsedVirtualMemory")).isEqualTo("600");
    assertThat(value(document, "host", "PagedInMemory")).isEqualTo("70");
    assertThat(value(document, "host", "PagedOutMemory")).isEqualTo("80");
    assertThat(value(document, "vm", "ResourceProcessorLimit")).isEqualTo("3");
    assertThat(value(document, "vm", "TotalCPUTime")).isEqualTo("9");
    assertThat(value(document, "vm", "PhysicalMemoryAllocatedToVirtualSystem")).isEqualTo("131072");
  }

  @Test
  void theHostIsCalledWhatItsNodeIs() {
    String manifest =
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachineInstance
        metadata: {name: sample}
        spec: {domain: {devices: {}}}
        status: {nodeName: node01}
        """;

    assertThat(MetricsDocument.of(Vmis.manifest(manifest), "pod").hostName()).isEqualTo("node01");
  }

  @Test
  void figuresComeFromTheKernel() throws IOException {
    write("stat", "cpu  100 200 300 4000 50 60 70 80 0 0\ncpu0 1 2 3\ncpu1 1 2 3\nintr 5\n");
    write("meminfo", "MemTotal: 1000 kB\nMemFree: 300 kB\nSwapTotal: 50 kB\nSwapFree: 20 kB\n");
    write("vmstat", "pgpgin 11\npgpgout 12\n");
    write("42/stat", "42 (qemu) system) x) S 1 2 3 4 5 6 7 8 9 10 150 250 0\n");

    assertThat(HostFigures.read(directory, 42))
        .isEqualTo(new HostFigures(2, 8, 300, 320, 730, 11, 12, 4));
    assertThat(HostFigures.read(directory, 43).guestSeconds()).isZero();
  }

  @Test
  void theDiskHasAHeaderThatFitsItsDocument() throws IOException {
    Path file = directory.resolve("disk");
    Files.write(file, new byte[4096]);
    new MetricsDisk(file).write("a much longer document than the next");

    new MetricsDisk(file).write("ab");

    ByteBuffer disk = ByteBuffer.wrap(Files.readAllBytes(file));
    assertThat(disk.limit()).isEqualTo(4096);
    assertThat(disk.getInt())
        .isEqualTo(ByteBuffer.wrap("mvbd".getBytes(StandardCharsets.US_ASCII)).getInt());
    assertThat(disk.getInt()).as("being written").isZero();
    assertThat(disk.getInt()).as("sum").isEqualTo('a' + 'b');
    assertThat(disk.getInt()).as("length").isEqualTo(2);
    assertThat((char) disk.get()).isEqualTo('a');
  }

  private void write(String file, String content) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  private static String value(String document, String context, String name) {
    String from = document.substring(document.indexOf("context=\"" + context + "\""));
    String metric = from.substring(from.indexOf("<name>" + name + "</name>"));
    return metric.substring(metric.indexOf("<value>") + 7, metric.indexOf("</value>"));
  }
}
