package dev.barevirt.virtctl.kubeconfig;

import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Flag;
import java.util.ArrayList;
import java.util.List;

/** The flags that say which cluster and as whom, as kubectl has them; every command takes them. */
public final class ConnectionFlags {
  /** All of them. */
  public static final List<Flag> ALL =
      List.of(
          Flag.text("as", "", "Username to impersonate for the operation"),
          Flag.texts("as-group", "Group to impersonate for the operation, may be repeated"),
          Flag.text("as-uid", "", "UID to impersonate for the operation"),
          Flag.text(
              "certificate-authority", "", "File with the certificate authority's certificates"),
          Flag.text("client-certificate", "", "File with a client certificate"),
          Flag.text("client-key", "", "File with the client certificate's key"),
          Flag.text("cluster", "", "Cluster of the kubeconfig to use"),
          Flag.text("context", "", "Context of the kubeconfig to use"),
          Flag.truth(
              "disable-compression", "Ask for answers that are not compressed; they never are"),
          Flag.truth("insecure-skip-tls-verify", "Do not check the server's certificate"),
          Flag.text("kubeconfig", "", "Kubeconfig file to use"),
          Flag.text("namespace", "", "Namespace to work in").or('n'),
          Flag.text(
              "request-timeout", "0", "How long a request may take, such as 30s; 0 is for ever"),
          Flag.text("server", "", "Address of the Kubernetes API").or('s'),
          Flag.text("tls-server-name", "", "Name to expect in the server's certificate"),
          Flag.text("token", "", "Bearer token to log in with"),
          Flag.text("user", "", "User of the kubeconfig to use"),
          Flag.number("v", 0, "How much to log").or('v'));

  private ConnectionFlags() {}

  /** Those that were given, as words for another command line of ours. */
  public static List<String> again(Arguments arguments) {
    List<String> words = new ArrayList<>();
    for (Flag flag : ALL) {
      if (!arguments.has(flag.name()) || flag.name().equals("v")) {
        continue;
      }
      List<String> values =
          flag.kind() == Flag.Kind.TEXTS
              ? arguments.texts(flag.name())
              : List.of(arguments.text(flag.name()));
      values.forEach(value -> words.add("--" + flag.name() + "=" + value));
    }
    return words;
  }
}
