package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.disk.DiskException;
import dev.barevirt.launcher.disk.ProgramRunner;
import dev.barevirt.launcher.machine.HostFacts.Sidecar;
import dev.barevirt.launcher.machine.HostFacts.SidecarProgram;
import dev.barevirt.launcher.os.Programs;
import dev.barevirt.qmp.wire.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the programs that stand beside QEMU and what they can do, by the options they list. */
final class SidecarProbe {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int LARGEST = 64 * 1024;
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--([a-z0-9][a-z0-9-]+)");
  private static final Pattern QUOTED_FEATURE = Pattern.compile("\"([a-z0-9][a-z0-9.-]+)\"");

  private final Programs programs;
  private final ProgramRunner runner;
  private final ProbeCache cache;

  SidecarProbe(Programs programs, ProgramRunner runner, ProbeCache cache) {
    this.programs = programs;
    this.runner = runner;
    this.cache = cache;
  }

  /** Those that this host has. */
  Map<Sidecar, SidecarProgram> find() throws InterruptedException {
    Map<Sidecar, SidecarProgram> found = new EnumMap<>(Sidecar.class);
    for (Sidecar sidecar : Sidecar.values()) {
      Optional<Path> program = programs.find(name(sidecar));
      if (program.isPresent()) {
        found.put(sidecar, cached(sidecar, program.get()));
      }
    }
    return found;
  }

  private SidecarProgram cached(Sidecar sidecar, Path program) throws InterruptedException {
    String key = BinaryIdentity.of(program).key();
    String name = "sidecar-" + name(sidecar);
    Optional<SidecarProgram> known =
        cache.find(name, key).map(json -> fromJson(program.toString(), json));
    if (known.isPresent()) {
      return known.get();
    }
    SidecarProgram asked = ask(sidecar, program);
    cache.store(name, key, toJson(asked));
    return asked;
  }

  private SidecarProgram ask(Sidecar sidecar, Path program) throws InterruptedException {
    String version = output(List.of(program.toString(), "--version"));
    String firstLine = version.lines().findFirst().orElse("").strip();
    Set<String> abilities =
        switch (sidecar) {
          case PASST, VIRTIOFSD -> options(output(List.of(program.toString(), "--help")));
          case SWTPM -> tpmAbilities(program);
        };
    return new SidecarProgram(program.toString(), firstLine, abilities);
  }

  private Set<String> tpmAbilities(Path program) throws InterruptedException {
    Set<String> abilities = options(output(List.of(program.toString(), "socket", "--help")));
    String features = output(List.of(program.toString(), "socket", "--print-capabilities"));
    Matcher matcher = QUOTED_FEATURE.matcher(features);
    while (matcher.find()) {
      abilities.add(matcher.group(1));
    }
    return abilities;
  }

  static Set<String> options(String help) {
    Set<String> options = new TreeSet<>();
    Matcher matcher = OPTION.matcher(help);
    while (matcher.find()) {
      options.add(matcher.group(1));
    }
    return options;
  }

  /** All that it prints, wherever it prints it; a program that cannot run can do nothing. */
  private String output(List<String> command) throws InterruptedException {
    try {
      var finished = runner.run(new ProgramRunner.Call(command, LIMIT, LARGEST));
      return finished.output() + "\n" + finished.errors();
    } catch (DiskException refused) {
      return "";
    }
  }

  private static String name(Sidecar sidecar) {
    return switch (sidecar) {
      case PASST -> "passt";
      case VIRTIOFSD -> "virtiofsd";
      case SWTPM -> "swtpm";
    };
  }

  private static Json toJson(SidecarProgram program) {
    return Json.object()
        .with("version", program.version())
        .with("abilities", Json.of(program.abilities().stream().sorted().map(Json::of).toList()))
        .build();
  }

  private static SidecarProgram fromJson(String path, Json json) {
    Set<String> abilities = new TreeSet<>();
    json.at("abilities").elements().forEach(ability -> abilities.add(ability.text()));
    return new SidecarProgram(path, json.at("version").text(), abilities);
  }
}
