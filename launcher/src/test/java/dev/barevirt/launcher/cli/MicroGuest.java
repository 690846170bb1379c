package dev.barevirt.launcher.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;

/** The guests of {@code make images} as command lines name them. */
final class MicroGuest {
  private MicroGuest() {}

  /** A command line that runs the micro guest, which runs a script once it is up. */
  static String[] run(String name, String script, String... more) {
    String run = script.isEmpty() ? "" : " barevirt.run=" + script(script);
    String[] words = {
      "run",
      "--name",
      name,
      "--memory",
      "128Mi",
      "--net",
      more.length > 1 && more[1].equals("-p") ? "user" : "none",
      "--kernel",
      file("vmlinuz"),
      "--initrd",
      file("initrd.gz"),
      "--append",
      "console=ttyS0 quiet tsc_early_khz=2000000" + run
    };
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }

  /** A script as the guest's command line carries it. */
  static String script(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A file of a guest. */
  static String file(String name) {
    Path guests = Path.of(System.getProperty("barevirt.guests", "../target/guests"));
    Path path = guests.toAbsolutePath().normalize().resolve(name);
    if (!Files.isRegularFile(path)) {
      throw new AssertionError("there is no " + path + ": make it with launcher/guests/build");
    }
    return path.toString();
  }
}
