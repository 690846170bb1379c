package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.machine.HostFacts.Firmware;
import dev.barevirt.launcher.store.StoreException;
import dev.barevirt.launcher.store.WholeFile;
import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.WireException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The UEFI images a host has, from the descriptors that QEMU's {@code firmware.json} defines: read
 * in the order of their file names, where a later directory replaces the file of an earlier one and
 * an empty file hides it.
 */
final class FirmwareDescriptors {
  private static final List<Path> USUAL =
      List.of(Path.of("/usr/share/qemu/firmware"), Path.of("/etc/qemu/firmware"));
  private static final int LARGEST = 64 * 1024;
  private static final String ARCHITECTURE = "x86_64";

  private final List<Path> directories;

  FirmwareDescriptors(List<Path> directories) {
    this.directories = List.copyOf(directories);
  }

  /** Those of this host. */
  static FirmwareDescriptors ofThisHost() {
    return new FirmwareDescriptors(USUAL);
  }

  /** All that are for our architecture, lie in flash and are really there, the preferred first. */
  List<Firmware> read() {
    Map<String, Path> byName = new TreeMap<>();
    for (Path directory : directories) {
      for (Path file : files(directory)) {
        byName.put(String.valueOf(file.getFileName()), file);
      }
    }
    return byName.values().stream().flatMap(file -> descriptor(file).stream()).toList();
  }

  private static List<Path> files(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static Optional<Firmware> descriptor(Path file) {
    try {
      return WholeFile.read(file, LARGEST)
          .filter(bytes -> bytes.length > 0)
          .map(bytes -> Json.parse(new String(bytes, StandardCharsets.UTF_8)))
          .flatMap(FirmwareDescriptors::firmware);
    } catch (StoreException | WireException damaged) { // one bad file must not hide the others
      return Optional.empty();
    }
  }

  private static Optional<Firmware> firmware(Json json) {
    Json mapping = json.at("mapping");
    String executable = mapping.at("executable").at("filename").text();
    String template = mapping.at("nvram-template").at("filename").text();
    Set<String> machines = new LinkedHashSet<>();
    json.at("targets").elements().stream()
        .filter(target -> target.at("architecture").text().equals(ARCHITECTURE))
        .flatMap(target -> target.at("machines").elements().stream())
        .forEach(machine -> machines.add(machine.text()));
    boolean usable =
        mapping.at("device").text().equals("flash")
            && mapping.at("executable").at("format").text().equals("raw")
            && !machines.isEmpty()
            && Files.isReadable(Path.of(executable))
            && Files.isReadable(Path.of(template));
    Set<String> features = new LinkedHashSet<>();
    json.at("features").elements().forEach(feature -> features.add(feature.text()));
    return usable
        ? Optional.of(new Firmware(executable, template, List.copyOf(machines), features))
        : Optional.empty();
  }
}
