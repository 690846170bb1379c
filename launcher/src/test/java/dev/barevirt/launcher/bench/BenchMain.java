package dev.barevirt.launcher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Prints, measured in one run: launcher exec to QEMU exec, launcher to the guest's first line
 * against bare QEMU with the same arguments, the command line's first output, and what the resident
 * launcher and QEMU weigh.
 *
 * <p>Usage: {@code BenchMain BIN_LAUNCHER GUESTS_DIR [ROUNDS]}.
 */
public final class BenchMain {
  private static final String FIRST_LINE = "guest ready";
  private static final Pattern QEMU_PID = Pattern.compile("\"pid\"\\s*:\\s*(\\d+)");
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
  public static void main(String[] args) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory(Path.of("/tmp"), "bvb");
    try {
      int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
      Path program = Path.of(args[0]).toAbsolutePath();
      BenchMain bench =
          new BenchMain(
              new Product(program, work), Path.of(args[1]).toAbsolutePath(), work, rounds);
      bench.firstOutput();
      bench.firstLine();
      bench.weight();
      bench.figures.forEach(figure -> System.out.println(figure.line()));
    } finally {
      delete(work);
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
    for (int round = 0; round < rounds; round++) {
      progress("first line, round " + (round + 1) + " of " + rounds);
      bare.add(bareFirstLine("bare" + round));
      ours.add(launcher.millisToLine(guest("ours" + round, "--rm"), FIRST_LINE));
    }
    System.out.printf(
        Locale.ROOT,
        "guest's first line: launcher %.0f ms, bare QEMU %.0f ms (medians of %d)%n",
        ours.median(),
        bare.median(),
        rounds);
    figures.add(
        new Figure(
            "launcher to the guest's first line, against bare QEMU",
            ours.median() / bare.median(),
            "x",
            1.15));
  }

  private double bareFirstLine(String name) throws IOException, InterruptedException {
    List<String> argv = new ArrayList<>();
    launcher.run(guest(name, "--dry-run=argv")).lines().forEach(argv::add);
    argv.remove("-S");
    argv.replaceAll(
        argument -> argument.startsWith("socket,id=serial0,") ? "stdio,id=serial0" : argument);
    return Product.millisToLine(argv, work.resolve("bare"), Map.of(), FIRST_LINE);
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
        launcher.run(List.of("delete", "--force", name(number)));
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
