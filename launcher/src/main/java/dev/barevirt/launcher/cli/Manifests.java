package dev.barevirt.launcher.cli;

import dev.barevirt.api.rules.NoEffectFields;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import dev.barevirt.launcher.cli.spec.FlagWriter;
import dev.barevirt.launcher.cli.spec.MachineFlags;
import dev.barevirt.launcher.cli.spec.Manifest;
import dev.barevirt.launcher.cli.spec.SpecDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The machine that a command's flags and files describe. */
final class Manifests {
  private static final int LARGEST = 4 << 20;

  private final Session session;

  Manifests(Session session) {
    this.session = session;
  }

  /** The checked machine; it always has a name. */
  VirtualMachineInstance of(MachineFlags flags) {
    if (flags.empty()) {
      throw CliFailure.usage("there is nothing to run: give an image, --kernel, --disk or -f")
          .advising("for example 'launcher run --kernel vmlinuz --initrd initrd.gz'");
    }
    SpecDocument document = flags.file().map(this::read).orElseGet(SpecDocument::empty);
    FlagWriter.write(flags, document, session.files());
    if (document.text("metadata.name").isEmpty()) {
      document.put("metadata.name", flags.suggestedName().orElseGet(Manifests::madeUpName));
    }
    VirtualMachineInstance vmi = Manifest.check(flags.file().orElse("flags"), document);
    List<String> idle = NoEffectFields.of(vmi);
    if (!idle.isEmpty()) {
      session.out().warn("without a cluster these have no effect: " + String.join(", ", idle));
    }
    return vmi;
  }

  /** The machine in a manifest, checked as {@code run} would. */
  VirtualMachineInstance checked(String file) {
    return Manifest.check(file.equals("-") ? "stdin" : file, read(file));
  }

  /** The manifest in a file, or from stdin for {@code -}. */
  SpecDocument read(String file) {
    return Manifest.read(file.equals("-") ? "stdin" : file, text(file));
  }

  private String text(String file) {
    if (!file.equals("-")) {
      return session.files().text("-f", file);
    }
    try {
      byte[] bytes = session.in().readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw CliFailure.of(ExitCode.SPEC_INVALID, "stdin has more than 4 MiB");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read stdin", e);
    }
  }

  /** A machine's name. */
  static String name(VirtualMachineInstance vmi) {
    String name = vmi.metadata().name();
    if (name == null) {
      throw CliFailure.of(ExitCode.SPEC_INVALID, "metadata.name: is missing");
    }
    return name;
  }

  private static String madeUpName() {
    return "vm-" + Integer.toHexString(ThreadLocalRandom.current().nextInt(0x10000, 0x1000000));
  }
}
