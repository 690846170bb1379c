package dev.barevirt.agent.node;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What QEMU offers on this node, as {@code launcher capabilities -o json} wrote it.
 *
 * @param accelerator what runs guests here: kvm only where a probe saw it run one
 * @param machineTypes the boards
 * @param cpuModels the processor models
 */
public record Capabilities(
    @Nullable String accelerator, List<MachineType> machineTypes, List<CpuModel> cpuModels) {
  /** Nothing is known. */
  public static final Capabilities NONE = new Capabilities(null, List.of(), List.of());

  private static final Logger LOG = LoggerFactory.getLogger(Capabilities.class);
  private static final int LARGEST = 4 << 20;

  public Capabilities {
    machineTypes = Frozen.list(machineTypes);
    cpuModels = Frozen.list(cpuModels);
  }

  /**
   * A board.
   *
   * @param name its name
   * @param aliases further names
   */
  public record MachineType(String name, List<String> aliases) {
    public MachineType {
      name = Frozen.orElse(name, "");
      aliases = Frozen.list(aliases);
    }
  }

  /**
   * A processor model.
   *
   * @param name its name
   * @param unavailableFeatures what the host lacks of it
   */
  public record CpuModel(String name, List<String> unavailableFeatures) {
    public CpuModel {
      name = Frozen.orElse(name, "");
      unavailableFeatures = Frozen.list(unavailableFeatures);
    }
  }

  /** Reads the file; a node whose file is missing or unreadable offers nothing special. */
  public static Capabilities read(Path file) {
    try (InputStream from = Files.newInputStream(file)) {
      byte[] json = from.readNBytes(LARGEST);
      return switch (RecordReader.LENIENT.upTo(LARGEST).read(Capabilities.class, json)) {
        case Reading.Accepted<Capabilities>(Capabilities read) -> read;
        case Reading.Refused<Capabilities>(var violations) -> {
          LOG.atWarn()
              .addKeyValue("file", file)
              .addKeyValue("why", violations.getFirst().sentence())
              .log("what QEMU offers cannot be read");
          yield NONE;
        }
      };
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("file", file).setCause(e).log("what QEMU offers is not known");
      return NONE;
    }
  }

  /** Whether the processor itself runs guests here. */
  public boolean hasKvm() {
    return "kvm".equals(accelerator);
  }
}
