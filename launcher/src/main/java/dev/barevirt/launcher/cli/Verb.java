package dev.barevirt.launcher.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Every command there is, in the order help lists them. Only the one that is asked for is ever
 * built: forty command classes and their annotations would cost more time than the work itself.
 */
enum Verb {
  RUN(Theme.LIFE, "Create and start a virtual machine, and watch it"),
  CREATE(Theme.LIFE, "Create a virtual machine without starting it"),
  START(Theme.LIFE, "Start a stopped virtual machine"),
  STOP(Theme.LIFE, "Shut a virtual machine down"),
  RESTART(Theme.LIFE, "Shut a virtual machine down and start it again"),
  RESET(Theme.LIFE, "Press the reset button"),
  PAUSE(Theme.LIFE, "Freeze a running virtual machine"),
  UNPAUSE(Theme.LIFE, "Let a paused virtual machine go on"),
  DELETE(Theme.LIFE, "Delete virtual machines and their state"),

  PS(Theme.LOOK, "List virtual machines"),
  INSPECT(Theme.LOOK, "Show all that is known about a virtual machine"),
  LOGS(Theme.LOOK, "Print what the serial line, QEMU or the launcher said"),
  EVENTS(Theme.LOOK, "Follow what happens to a virtual machine"),
  GUESTINFO(Theme.LOOK, "Show what the guest agent tells about the guest"),
  SCREENSHOT(Theme.LOOK, "Save the screen as a PNG file"),

  CONSOLE(Theme.INSIDE, "Attach this terminal to the serial console"),
  VNC(Theme.INSIDE, "Open the graphical console"),
  EXEC(Theme.INSIDE, "Run a command inside the guest through its agent"),
  SSH(Theme.INSIDE, "Log in to the guest with ssh"),
  CP(Theme.INSIDE, "Copy files into and out of the guest"),
  PORT_FORWARD(Theme.INSIDE, "Forward local ports to the guest"),

  ATTACH_DISK(Theme.CHANGE, "Plug a disk in"),
  ATTACH_NIC(Theme.CHANGE, "Plug a network interface in"),
  DETACH_DISK(Theme.CHANGE, "Take a disk out"),
  DETACH_NIC(Theme.CHANGE, "Take a network interface out"),
  RESIZE(Theme.CHANGE, "Grow a disk"),
  SNAPSHOT_CREATE(Theme.CHANGE, "Take a snapshot of the disks"),
  SNAPSHOT_LS(Theme.CHANGE, "List the snapshots of a virtual machine"),
  SNAPSHOT_RESTORE(Theme.CHANGE, "Put disks back to the moment of a snapshot"),
  SNAPSHOT_DELETE(Theme.CHANGE, "Forget snapshots and keep the disks as they are"),
  SAVE(Theme.CHANGE, "Write memory and devices to a file and stop"),
  RESTORE(Theme.CHANGE, "Go on from a saved file"),

  IMAGE_IMPORT(Theme.SUPPLIES, "Take a disk file into the image store"),
  IMAGE_PULL(Theme.SUPPLIES, "Fetch a container disk from a registry or an archive"),
  IMAGE_LS(Theme.SUPPLIES, "List the images in the store"),
  IMAGE_RM(Theme.SUPPLIES, "Remove images from the store"),
  IMAGE_CONVERT(Theme.SUPPLIES, "Write an image in another format"),
  SPEC_INIT(Theme.SUPPLIES, "Print a manifest to start from"),
  SPEC_VALIDATE(Theme.SUPPLIES, "Check a manifest"),
  SPEC_EXPLAIN(Theme.SUPPLIES, "Describe a field of the manifest"),
  SPEC_RENDER(Theme.SUPPLIES, "Print the manifest or command line that flags stand for"),

  DOCTOR(Theme.HOST, "Check what this host can do and how to fix what it cannot"),
  CAPABILITIES(Theme.HOST, "Print what QEMU on this host offers"),
  QMP(Theme.HOST, "Send a raw QMP command"),
  GC(Theme.HOST, "Clean up what crashes and power cuts left behind"),
  COMPLETION(Theme.HOST, "Print shell completions"),
  VERSION(Theme.HOST, "Print the versions of launcher and QEMU");

  /** The headings help groups commands under. */
  enum Theme {
    LIFE("Run virtual machines"),
    LOOK("Look at them"),
    INSIDE("Get inside"),
    CHANGE("Change and keep them"),
    SUPPLIES("Images and specs"),
    HOST("This host");

    private final String heading;

    Theme(String heading) {
      this.heading = heading;
    }

    String heading() {
      return heading;
    }
  }

  /** First words that only group others. */
  static final List<String> GROUPS = List.of("attach", "detach", "snapshot", "image", "spec");

  private final Theme theme;
  private final String summary;

  Verb(Theme theme, String summary) {
    this.theme = theme;
    this.summary = summary;
  }

  Theme theme() {
    return theme;
  }

  /** One line for the list of commands. */
  String summary() {
    return summary;
  }

  /** The words typed for it: {@code [image, pull]} or {@code [port-forward]}. */
  List<String> words() {
    String words = name().toLowerCase(Locale.ROOT).replace('_', '-');
    return GROUPS.stream()
        .filter(group -> words.startsWith(group + "-"))
        .findFirst()
        .map(group -> List.of(group, words.substring(group.length() + 1)))
        .orElse(List.of(words));
  }

  static Optional<Verb> of(List<String> words) {
    return Arrays.stream(values()).filter(verb -> verb.words().equals(words)).findFirst();
  }

  /** The commands of a group, or all first words when the group is empty. */
  static List<String> wordsIn(String group) {
    return Arrays.stream(values())
        .map(Verb::words)
        .filter(words -> group.isEmpty() || (words.size() == 2 && words.getFirst().equals(group)))
        .map(words -> group.isEmpty() ? words.getFirst() : words.getLast())
        .distinct()
        .toList();
  }
}
