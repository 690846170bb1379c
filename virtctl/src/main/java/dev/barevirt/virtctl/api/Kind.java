package dev.barevirt.virtctl.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds that a command line names, with all the words that mean them. */
public enum Kind {
  /** VirtualMachine. */
  MACHINE("virtualmachines", "vm", "vms", "virtualmachine", "virtualmachines"),
  /** VirtualMachineInstance. */
  INSTANCE(
      "virtualmachineinstances",
      "vmi",
      "vmis",
      "virtualmachineinstance",
      "virtualmachineinstances"),
  /** VirtualMachineInstanceReplicaSet. */
  REPLICA_SET(
      "virtualmachineinstancereplicasets",
      "vmirs",
      "vmirss",
      "virtualmachineinstancereplicaset",
      "virtualmachineinstancereplicasets");

  private final String plural;
  private final String word;
  private final String words;

  Kind(String plural, String... words) {
    this.plural = plural;
    this.word = words[0];
    this.words = String.join(" ", words);
  }

  /** As it stands in paths. */
  public String plural() {
    return plural;
  }

  /** Its shortest name. */
  public String word() {
    return word;
  }

  /** The kind of a word. */
  public static Optional<Kind> of(String word) {
    return Arrays.stream(values())
        .filter(kind -> List.of(kind.words.split(" ", -1)).contains(word.toLowerCase(Locale.ROOT)))
        .findFirst();
  }
}
