package dev.barevirt.launcher.bench;

import dev.barevirt.qmp.bench.QmpBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prints, measured in one run: launcher exec to QEMU exec, launcher to the guest's first line
 * against bare QEMU with the same arguments, the command line's first output, the monitor's round
 * trip and events against a raw socket loop, and what the resident launcher and QEMU weigh.
 *
 * <p>Usage: {@code BenchMain BIN_LAUNCHER GUESTS_DIR [ROUNDS]}.
 */
public final class BenchMain {
  private static final String FIRST_LINE = "guest ready";
  private static final Pattern QEMU_PID = Pattern.compile("\"pid\"\\s*:\\s*(\\d+)");
  private static final Pattern DRY_DIRECTORY = Pattern.compile("cd (\\S+)/run\n");
  private static final Pattern SERIAL = Pattern.compile("socket,id=serial0,\\S+");
  private static final String PREPARED = "prepared";
  private static final double MONITOR_GOAL = 1.2;
  private static final int MANY = 10;

  private final Product launcher;
  private final Path guests;
  private final Path work;
  private final int rounds;
  private final List<Figure> figures = new ArrayList<>();

  private BenchMain(Product launcher, Path guests, Path work, int rounds) {
    this.launcher = launcher;
    this.guests = guests;
    this.work = work;
    this.rounds = rounds;
  }

  /** Runs every measurement and prints the table. */
  public static void main(String[] args) throws Exception {
    Path work = Files.createTempDirectory(Path.of("/tmp"), "bvb");
    try {
      int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
      Path program = Path.of(args[0]).toAbsolutePath();
      BenchMain bench =
          new BenchMain(
              new Product(program, work), Path.of(args[1]).toAbsolutePath(), work, rounds);
      bench.monitor();
      bench.firstOutput();
      bench.firstLine();
      bench.weight();
      System.out.println(Figure.HEADER);
      bench.figures.forEach(figure -> System.out.println(figure.line()));
      System.out.println("load of this machine at the end: " + ProcFiles.load());
    } finally {
      delete(work);
    }
  }

  private void monitor() throws Exception {
    progress("monitor protocol");
    for (QmpBench.Comparison one : QmpBench.measure()) {
      progress(
          "%s: client %.0f %s, raw socket %.0f"
              .formatted(one.name(), one.ours(), one.unit(), one.plain()));
      add(one.name() + ", against a raw socket loop", one.ratio(), "x", MONITOR_GOAL);
    }
  }

  private void firstOutput() throws IOException, InterruptedException {
    Samples samples = new Samples();
    for (int round = 0; round < rounds; round++) {
      samples.add(launcher.millisToFirstByte(List.of("--help")));
    }
    figures.add(new Figure("first output of `launcher --help`", samples.median(), "ms", 300));
  }

  private void firstLine() throws IOException, InterruptedException {
    Samples ours = new Samples();
    Samples bare = new Samples();
    Samples ratios = new Samples();
    for (int round = 0; round < rounds; round++) {
      double plain = bareFirstLine();
      double launched = oursFirstLine("ours" + round);
      progress(
          "first line, round %d of %d: launcher %.0f ms, bare QEMU %.0f ms"
              .formatted(round + 1, rounds, launched, plain));
      ours.add(launched);
      bare.add(plain);
      ratios.add(launched / plain);
    }
    progress(
        "first line, medians: launcher %.0f ms, bare QEMU %.0f ms"
            .formatted(ours.median(), bare.median()));
    add("launcher to the guest's first line, against bare QEMU", ratios.median(), "x", 1.15);
  }

  private double oursFirstLine(String name) throws IOException, InterruptedException {
    try {
      List<String> words = new ArrayList<>(guest(name));
      words.remove("--headless");
      return launcher.millisToLine(words, FIRST_LINE);
    } finally {
      launcher.run(List.of("delete", "--force", name));
    }
  }

  /**
   * The pasted command, its console on standard output. What has to stand beside QEMU stands there
   * before the clock starts; with the launcher it does not.
   */
  private double bareFirstLine() throws IOException, InterruptedException {
    String pasted = launcher.run(guest("bare", "--dry-run=shell"));
    Matcher directory = DRY_DIRECTORY.matcher(pasted);
    if (!directory.find()) {
      throw new IOException("the pasted command changes to no directory: " + pasted);
    }
    String script =
        SERIAL
            .matcher(pasted)
            .replaceFirst("stdio,id=serial0,signal=off")
            .lines()
            .map(
                line ->
                    line.contains("qemu-system-") ? "echo " + PREPARED + "; read _\n" + line : line)
            .collect(Collectors.joining("\n"));
    try {
      return Product.millisFromPromptToLine(
          List.of("bash", "-c", script), work.resolve("bare"), PREPARED, FIRST_LINE);
    } finally {
      delete(Path.of(directory.group(1)));
    }
  }

  private void weight() throws IOException, InterruptedException {
    Samples execToExec = new Samples();
    Samples launchers = new Samples();
    Samples machines = new Samples();
    try {
      for (int number = 0; number < MANY; number++) {
        progress("machine " + (number + 1) + " of " + MANY);
        launcher.run(guest(name(number), "-d", "--wait=serial:" + FIRST_LINE));
        long qemu = qemuOf(name(number));
        execToExec.add(ProcFiles.startMillis(qemu) - ProcFiles.startMillis(residentOf(qemu)));
        if (number == 0) {
          add("PSS of the resident launcher, one machine", residentPss(0), "MiB", 60);
        }
      }
      for (int number = 0; number < MANY; number++) {
        launchers.add(residentPss(number));
        machines.add(ProcFiles.pssMebibytes(qemuOf(name(number))));
      }
    } finally {
      for (int number = 0; number < MANY; number++) {
        if (launcher
            .run(List.of("ps", "-a", "-o", "name"))
            .lines()
            .anyMatch(name(number)::equals)) {
          launcher.run(List.of("delete", "--force", name(number)));
        }
      }
    }
    add("launcher exec to QEMU exec", execToExec.median(), "ms", 300);
    add("PSS of the resident launcher, ten machines", launchers.median(), "MiB", 32);
    add("PSS of QEMU with a 128 MiB guest, ten machines", machines.median(), "MiB", 180);
  }

  private void add(String name, double value, String unit, double budget) {
    figures.add(new Figure(name, value, unit, budget));
  }

  private double residentPss(int number) throws IOException, InterruptedException {
    return ProcFiles.pssMebibytes(residentOf(qemuOf(name(number))));
  }

  private static long residentOf(long qemu) throws IOException {
    return ProcFiles.parent(qemu);
  }

  private long qemuOf(String name) throws IOException, InterruptedException {
    Matcher pid = QEMU_PID.matcher(launcher.run(List.of("inspect", name, "-o", "json")));
    if (!pid.find()) {
      throw new IOException("launcher inspect %s tells no process id of QEMU".formatted(name));
    }
    return Long.parseLong(pid.group(1));
  }

  private static String name(int number) {
    return "bench" + number;
  }

  private List<String> guest(String name, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                "--name",
                name,
                "--kernel",
                guests.resolve("vmlinuz").toString(),
                "--initrd",
                guests.resolve("initrd.gz").toString(),
                "--append",
                "console=ttyS0 quiet",
                "--memory",
                "128Mi",
                "--headless"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private static void progress(String step) {
    System.err.println("bench: " + step);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
