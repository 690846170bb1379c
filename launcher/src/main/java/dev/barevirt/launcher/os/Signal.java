package dev.barevirt.launcher.os;

import java.util.Arrays;

/** The signals this program sends or tells apart. */
public enum Signal {
  HUP(1),
  INT(2),
  QUIT(3),
  ILL(4),
  TRAP(5),
  ABRT(6),
  BUS(7),
  FPE(8),
  KILL(9),
  USR1(10),
  SEGV(11),
  USR2(12),
  PIPE(13),
  ALRM(14),
  TERM(15),
  CONT(18),
  STOP(19),
  SYS(31);

  private final int number;

  Signal(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** "SIGKILL", or "signal 40" where it has no name here. */
  public static String name(int number) {
    return Arrays.stream(values())
        .filter(signal -> signal.number == number)
        .findFirst()
        .map(signal -> "SIG" + signal.name())
        .orElse("signal " + number);
  }
}
