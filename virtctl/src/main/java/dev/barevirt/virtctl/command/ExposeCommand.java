package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.api.ApiPath;
import dev.barevirt.virtctl.api.Kind;
import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Flag;
import dev.barevirt.virtctl.flag.Outline;
import dev.barevirt.virtctl.flag.UsageException;
import dev.barevirt.virtctl.kubeconfig.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code expose vm|vmi|vmirs NAME}: creates a Service. */
public final class ExposeCommand implements Command {
  private static final List<String> TYPES = List.of("ClusterIP", "NodePort", "LoadBalancer");
  private static final List<String> PROTOCOLS = List.of("TCP", "UDP");

  @Override
  public Outline outline() {
    return Outline.of(
            "expose",
            "vm|vmi|vmirs NAME",
            2,
            "Create a Service for a virtual machine, an instance or a replica set",
            Flag.text("name", "", "Name of the Service"),
            Flag.number(
                "port", 0, "Port of the Service; without it, the ports that the interfaces name"),
            Flag.text("target-port", "", "Name or number of the port in the guest"),
            Flag.text("protocol", "TCP", "Protocol of the port: TCP or UDP"),
            Flag.text("port-name", "", "Name of the port"),
            Flag.text(
                "type", "ClusterIP", "Type of the Service: ClusterIP, NodePort or LoadBalancer"),
            Flag.text("cluster-ip", "", "Address of the Service; None makes it headless"),
            Flag.text("external-ip", "", "Additional address of the Service"),
            Flag.text(
                "ip-family", "", "Families of its addresses: ipv4, ipv6, ipv4,ipv6 or ipv6,ipv4"),
            Flag.text("ip-family-policy", "", "SingleStack, PreferDualStack or RequireDualStack"))
        .showing(
            "expose vmi my-vmi --port=22 --name=my-ssh",
            "expose vm my-vm --port=8080 --target-port=80 --type=NodePort --name=my-web");
  }

  @Override
  public int run(Session session, Arguments arguments) throws InterruptedException {
    String word = arguments.positional().getFirst();
    String name = arguments.positional().getLast();
    Kind kind =
        Kind.of(word).orElseThrow(() -> new UsageException("unsupported resource type: " + word));
    arguments.require("name");
    Map<String, Object> spec = checked(arguments);
    String namespace = session.namespace();
    Fields object =
        Ask.orSay(
            "error fetching " + kind.word(),
            () -> session.api().get(ApiPath.object(kind, namespace, name)));
    List<Map<String, Object>> ports = ports(kind, object, arguments);
    if (ports.isEmpty()) {
      throw new CommandFailure("couldn't find port via --port flag or introspection; say --port");
    }
    spec.put("ports", ports);
    spec.put("selector", selector(kind, name, object));
    Map<String, Object> service = new LinkedHashMap<>();
    service.put("apiVersion", "v1");
    service.put("kind", "Service");
    service.put("metadata", Map.of("name", arguments.text("name"), "namespace", namespace));
    service.put("spec", spec);
    Ask.orSay(
        "service creation failed",
        () -> session.api().create(ApiPath.core(namespace, "services"), service));
    session
        .out()
        .line(
            "Service %s successfully exposed for %s %s"
                .formatted(arguments.text("name"), word, name));
    return DONE;
  }

  private static Map<String, Object> checked(Arguments arguments) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("type", oneOf("type", TYPES, arguments));
    oneOf("protocol", PROTOCOLS, arguments);
    put(spec, "clusterIP", arguments.text("cluster-ip"));
    if (arguments.has("external-ip")) {
      spec.put("externalIPs", List.of(arguments.text("external-ip")));
    }
    put(spec, "ipFamilyPolicy", policy(arguments));
    List<String> families =
        switch (arguments.text("ip-family")) {
          case "" -> List.of();
          case "ipv4" -> List.of("IPv4");
          case "ipv6" -> List.of("IPv6");
          case "ipv4,ipv6" -> List.of("IPv4", "IPv6");
          case "ipv6,ipv4" -> List.of("IPv6", "IPv4");
          default ->
              throw new UsageException("unknown IP family/s: " + arguments.text("ip-family"));
        };
    if (!families.isEmpty()) {
      spec.put("ipFamilies", families);
    }
    return spec;
  }

  private static String policy(Arguments arguments) {
    List<String> policies = List.of("", "SingleStack", "PreferDualStack", "RequireDualStack");
    String asked = oneOf("ip-family-policy", policies, arguments);
    boolean both = arguments.text("ip-family").contains(",");
    return asked.isEmpty() && both ? "PreferDualStack" : asked;
  }

  private static String oneOf(String flag, List<String> allowed, Arguments arguments) {
    String written = arguments.text(flag);
    return allowed.stream()
        .filter(each -> each.equalsIgnoreCase(written))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "--%s \"%s\" is none of %s"
                        .formatted(
                            flag,
                            written,
                            String.join(
                                ", ", allowed.stream().filter(a -> !a.isEmpty()).toList()))));
  }

  private static List<Map<String, Object>> ports(Kind kind, Fields object, Arguments arguments) {
    if (!arguments.has("port")) {
      return template(kind, object).at("domain").at("devices").list("interfaces").stream()
          .flatMap(each -> each.list("ports").stream())
          .map(ExposeCommand::port)
          .toList();
    }
    Map<String, Object> port = new LinkedHashMap<>();
    put(port, "name", arguments.text("port-name"));
    port.put("protocol", arguments.text("protocol").toUpperCase(Locale.ROOT));
    port.put("port", arguments.number("port"));
    String target = arguments.text("target-port");
    port.put(
        "targetPort",
        target.isEmpty()
            ? arguments.number("port")
            : target.matches("\\d{1,5}") ? (Object) Long.valueOf(target) : target);
    return List.of(port);
  }

  /** A port that an interface names; each needs a name of its own in a Service. */
  private static Map<String, Object> port(Fields written) {
    Map<String, Object> port = new LinkedHashMap<>();
    String protocol = written.text("protocol").isEmpty() ? "TCP" : written.text("protocol");
    long number = Long.parseLong(written.text("port"));
    port.put("name", written.text("name").isEmpty() ? "port-" + number : written.text("name"));
    port.put("protocol", protocol);
    port.put("port", number);
    port.put("targetPort", number);
    return port;
  }

  private static Fields template(Kind kind, Fields object) {
    return kind == Kind.INSTANCE ? object.at("spec") : object.at("spec").at("template").at("spec");
  }

  private static Map<String, String> selector(Kind kind, String name, Fields object) {
    if (kind != Kind.REPLICA_SET) {
      return Map.of("vmi.kubevirt.io/id", name);
    }
    Fields selector = object.at("spec").at("selector");
    if (!selector.list("matchExpressions").isEmpty()) {
      throw new CommandFailure(
          "cannot expose VirtualMachineInstanceReplicaSet with match expressions");
    }
    return selector.pairs("matchLabels");
  }

  private static void put(Map<String, Object> into, String name, String value) {
    if (!value.isEmpty()) {
      into.put(name, value);
    }
  }
}
