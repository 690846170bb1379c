package dev.barevirt.launcher.os;

/** How a file is opened; close-on-exec always comes with it. */
public enum OpenFlag {
  READ(0, 0),
  WRITE(1, 1),
  READ_WRITE(2, 2),
  CREATE(0100, 0100),
  EXCLUSIVE(0200, 0200),
  TRUNCATE(01000, 01000),
  APPEND(02000, 02000),
  NON_BLOCKING(04000, 04000),
  NO_CONTROLLING_TERMINAL(0400, 0400),
  DIRECT(040000, 0200000),
  DIRECTORY(0200000, 040000),
  NO_FOLLOW(0400000, 0100000);

  private final int x86;
  private final int arm;

  OpenFlag(int x86, int arm) {
    this.x86 = x86;
    this.arm = arm;
  }

  int bits() {
    return Syscall.isX86() ? x86 : arm;
  }
}
