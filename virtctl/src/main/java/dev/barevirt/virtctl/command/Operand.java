package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.api.Kind;
import dev.barevirt.virtctl.flag.UsageException;

/** Kinds as arguments name them. */
final class Operand {
  private Operand() {}

  /** A machine or an instance. */
  static Kind machineOrInstance(String word) {
    return Kind.of(word)
        .filter(kind -> kind != Kind.REPLICA_SET)
        .orElseThrow(
            () ->
                new UsageException(
                    "unsupported resource type \"%s\"; it is vm or vmi".formatted(word)));
  }
}
