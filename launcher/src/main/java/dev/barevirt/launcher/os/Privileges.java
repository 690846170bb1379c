package dev.barevirt.launcher.os;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Who this process is, and how it starts a child with less.
 *
 * <p>Safe because the calls take nothing and cannot fail.
 *
 * @param uid the user
 * @param gid its group
 */
public record Privileges(int uid, int gid) {
  /** The user that QEMU runs as when the launcher is root: the number KubeVirt's images use too. */
  public static final int QEMU_USER = 107;

  /** This process's. */
  public static Privileges current() {
    return new Privileges((int) Syscall.GETUID.call(), (int) Syscall.GETGID.call());
  }

  /** Whether this process may become another user. */
  public boolean isRoot() {
    return uid == 0;
  }

  /**
   * What stands before a command so that it runs with no way back to more rights: as root it
   * becomes {@code user} without any capability, otherwise it stays who it is.
   *
   * @param setpriv the program that does it, which then becomes the command: same pid, same
   *     descriptors
   * @param groups further groups, such as the one that owns {@code /dev/kvm}
   */
  public List<String> wrapper(Path setpriv, int user, List<Integer> groups) {
    List<String> words = new ArrayList<>(List.of(setpriv.toString()));
    if (isRoot()) {
      words.addAll(List.of("--reuid", Integer.toString(user), "--regid", Integer.toString(user)));
      if (groups.isEmpty()) {
        words.add("--clear-groups");
      } else {
        words.add("--groups");
        words.add(String.join(",", groups.stream().map(String::valueOf).toList()));
      }
      words.addAll(List.of("--inh-caps=-all", "--bounding-set=-all"));
    }
    words.add("--no-new-privs");
    words.add("--");
    return List.copyOf(words);
  }
}
