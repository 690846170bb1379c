package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.live.GuestProgram;
import dev.barevirt.launcher.cli.output.Output;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Passes on what a program in the guest wrote, each stream to its own. */
record ProgramOutput(Output out) {
  /** Writes both streams and returns the program's exit code. */
  int print(GuestProgram.Result result) {
    try {
      out.bytes().write(result.output());
      out.bytes().flush();
      out.errorBytes().write(result.error());
      out.errorBytes().flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot pass the output on", e);
    }
    if (result.truncated()) {
      out.warn("the guest agent kept only a part of the output");
    }
    return result.code();
  }
}
