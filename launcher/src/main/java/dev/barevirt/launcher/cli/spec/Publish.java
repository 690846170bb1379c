package dev.barevirt.launcher.cli.spec;

import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.Text;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One forwarded port, {@code [ADDRESS:]HOST:GUEST[/tcp|/udp]}.
 *
 * @param protocol {@code tcp} or {@code udp}
 * @param address the host address listened on; the loopback address unless given, because a guest's
 *     ports are nobody else's business by default
 * @param hostPort the port on this host
 * @param guestPort the port in the guest
 */
public record Publish(String protocol, String address, int hostPort, int guestPort) {
  private static final Pattern FORM =
      Pattern.compile("(?:(\\[[0-9a-fA-F:]+]|[0-9.]+):)?(\\d{1,5}):(\\d{1,5})(?:/(tcp|udp))?");

  /** Reads what {@code -p} was given. */
  public static Publish parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw CliFailure.usage(
              "-p '" + Text.printable(text) + "' is not of the form [ADDRESS:]HOST:GUEST[/udp]")
          .advising("for example -p 2222:22");
    }
    String address =
        matcher.group(1) == null ? "127.0.0.1" : matcher.group(1).replaceAll("[\\[\\]]", "");
    String protocol = matcher.group(4) == null ? "tcp" : matcher.group(4);
    return new Publish(protocol, address, port(matcher.group(2)), port(matcher.group(3)));
  }

  private static int port(String digits) {
    int port = Integer.parseInt(digits);
    if (port < 1 || port > 65_535) {
      throw CliFailure.usage("port " + digits + " is not between 1 and 65535");
    }
    return port;
  }
}
