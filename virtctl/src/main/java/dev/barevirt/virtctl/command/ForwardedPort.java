package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.flag.UsageException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port to forward, written {@code [tcp/|udp/]LOCAL[:REMOTE]}.
 *
 * @param protocol tcp or udp
 * @param local the port on this machine
 * @param remote the port in the guest
 */
record ForwardedPort(String protocol, int local, int remote) {
  private static final Pattern SYNTAX = Pattern.compile("(?:(tcp|udp)/)?(\\d+)(?::(\\d+))?");
  private static final int HIGHEST = 65_535;

  static ForwardedPort of(String written) {
    Matcher matcher = SYNTAX.matcher(written);
    if (!matcher.matches()) {
      throw new UsageException(
          "port \"%s\" is not written as [tcp/|udp/]LOCAL[:REMOTE]".formatted(written));
    }
    int local = number(matcher.group(2));
    int remote = matcher.group(3) == null ? local : number(matcher.group(3));
    if (remote == 0) {
      throw new UsageException("port \"%s\": there is no port 0 to forward to".formatted(written));
    }
    return new ForwardedPort(matcher.group(1) == null ? "tcp" : matcher.group(1), local, remote);
  }

  private static int number(String digits) {
    if (digits.length() > 5 || Integer.parseInt(digits) > HIGHEST) {
      throw new UsageException("port %s is not between 1 and 65535".formatted(digits));
    }
    return Integer.parseInt(digits);
  }
}
