package dev.barevirt.control.subresource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.rules.ClusterSettings.FeatureGate;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.control.http.Answer;
import dev.barevirt.control.http.Certificates;
import dev.barevirt.control.http.HttpException;
import dev.barevirt.control.http.HttpRequest;
import dev.barevirt.control.http.Payload;
import dev.barevirt.control.http.Peer;
import dev.barevirt.control.http.TlsIdentity;
import dev.barevirt.control.patch.JsonPatch;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The aggregated API in front of a cluster that remembers what was asked of it. */
final class ApiWorld implements AccessReview, Machines, NodeAgents, InstanceStreams.Ports {
  static final String BASE = "/apis/subresources.kubevirt.io/v1/namespaces/ns/";
  static final String VM = BASE + "virtualmachines/m/";
  static final String VMI = BASE + "virtualmachineinstances/m/";

  static final Certificates CERTIFICATES = Certificates.shared();

  static final TlsIdentity PROXY = CERTIFICATES.identity("front-proxy");

  final List<String> reviewed = new ArrayList<>();
  final List<String> done = new ArrayList<>();
  final Map<String, List<String>> headers = new LinkedHashMap<>();
  final Set<FeatureGate> gates = EnumSet.noneOf(FeatureGate.class);
  List<X509Certificate> shown = PROXY.chain();
  Optional<String> denial = Optional.empty();
  Answer.Whole agentSays = Answer.empty(200);
  String drained = "";
  private final Map<String, VirtualMachine> machines = new HashMap<>();
  private final Map<String, VirtualMachineInstance> instances = new HashMap<>();
  private final SubresourceApi api =
      new SubresourceApi(
          new FrontProxy(ApiWorld::settings),
          this,
          new Discovery(() -> new Discovery.Health("v1.36.3", "7")),
          new SubresourceActs(
              new MachineVerbs(this),
              new InstanceVerbs(this, this),
              new InstanceStreams(this, this, this),
              new Expansion(this),
              new Evacuations(this, node -> node.equals(drained)),
              () -> gates));

  /** A world in which the API server asks for somebody called ann. */
  ApiWorld() {
    headers.put("x-remote-user", List.of("ann"));
    headers.put("x-remote-group", List.of("staff", "system:authenticated"));
    headers.put("x-remote-extra-scopes.example%2fa", List.of("b"));
  }

  private static FrontProxySettings settings() {
    return FrontProxySettings.of(
        Map.of(
            "requestheader-client-ca-file",
            Certificates.pem(List.of(CERTIFICATES.authority())),
            "requestheader-allowed-names",
            "[\"front-proxy\"]",
            "requestheader-username-headers",
            "[\"X-Remote-User\"]",
            "requestheader-group-headers",
            "[\"X-Remote-Group\"]",
            "requestheader-extra-headers-prefix",
            "[\"X-Remote-Extra-\"]"));
  }

  /** Asks, and answers with code, type and body in one line. */
  String ask(String method, String path, String body) {
    return ask(method, path, body, HttpRequest.Kind.PLAIN);
  }

  /** Asks for a stream. */
  String stream(String path) {
    return ask("GET", path, "", HttpRequest.Kind.STREAM);
  }

  /**
   * Checks that an answer is a refusal with a code and a sentence and that nothing was done, or
   * that it has the code and that one thing was done.
   */
  void assertDone(String answer, int code, String expected) {
    if (expected.matches("4\\d\\d .*")) {
      assertThat(answer).startsWith(expected.substring(0, 4)).contains(expected.substring(4));
      assertThat(done).isEmpty();
    } else {
      assertThat(answer).startsWith(code + " ");
      assertThat(done).singleElement().asString().endsWith(expected);
    }
  }

  private String ask(String method, String target, String body, HttpRequest.Kind kind) {
    String[] parts = target.split("\\?", 2);
    String query = parts.length > 1 ? parts[1] : "";
    Answer answer =
        api.answer(
            new HttpRequest(method, parts[0], query, headers, Payload.of(body), shown, kind));
    return switch (answer) {
      case Answer.Whole(int code, String type, Payload said) ->
          code + " " + type + " " + said.text();
      case Answer.Stream _ -> "101";
    };
  }

  void vm(String strategy, String status) {
    String json =
        "{\"metadata\":{\"name\":\"m\",\"namespace\":\"ns\"},\"spec\":{\"runStrategy\":\"%s\"}%s}"
            .formatted(strategy, status.isEmpty() ? "" : ",\"status\":" + status);
    machines.put("ns/m", RecordReader.STRICT.read(VirtualMachine.class, json).orThrow());
  }

  /** A machine with this specification. */
  void vmOf(String spec) {
    String json =
        "{\"metadata\":{\"name\":\"m\",\"namespace\":\"ns\"},\"spec\":%s}".formatted(spec);
    machines.put("ns/m", RecordReader.STRICT.read(VirtualMachine.class, json).orThrow());
  }

  /** An instance that is asked to leave a node. */
  void leaving(String node) {
    String json =
        """
        {"metadata":{"name":"m","namespace":"ns","uid":"u1"},"spec":{},
        "status":{"phase":"Running","nodeName":"n1","evacuationNodeName":"%s"}}
        """
            .formatted(node);
    instances.put("ns/m", RecordReader.STRICT.read(VirtualMachineInstance.class, json).orThrow());
  }

  void vmi(String phase, String condition) {
    vmi(phase, condition, "{}", "10.0.0.9");
  }

  void vmi(String phase, String condition, String devices, String address) {
    String conditions =
        condition.isEmpty() ? "" : "{\"type\":\"%s\",\"status\":\"True\"}".formatted(condition);
    String json =
        """
        {"metadata":{"name":"m","namespace":"ns","uid":"u1"},"spec":{"domain":{"devices":%s}},
        "status":{"phase":"%s","nodeName":"n1","conditions":[%s],
        "interfaces":[{"name":"default","ipAddress":"%s"}]}}
        """
            .formatted(devices, phase, conditions, address);
    instances.put("ns/m", RecordReader.STRICT.read(VirtualMachineInstance.class, json).orThrow());
  }

  @Override
  public Optional<String> refusal(Caller caller, Access access) {
    reviewed.add(caller + " " + access);
    return denial;
  }

  @Override
  public Optional<VirtualMachine> machine(Target target) {
    return Optional.ofNullable(machines.get(target.namespace() + "/" + target.name()));
  }

  @Override
  public Optional<VirtualMachineInstance> instance(Target target) {
    return Optional.ofNullable(instances.get(target.namespace() + "/" + target.name()));
  }

  @Override
  public void patch(Target target, Part part, JsonPatch patch, Run run) {
    done.add((run == Run.DRY ? "DRY " : target.kind() + " ") + part + " " + words(patch.toJson()));
  }

  private static String words(String patch) {
    List<String> words = new ArrayList<>();
    if (RecordReader.STRICT.readTree(patch).orThrow().plain() instanceof List<?> steps) {
      for (Object step : steps) {
        if (step instanceof Map<?, ?> map) {
          String value = map.containsKey("value") ? "=" + map.get("value") : "";
          words.add(map.get("op") + " " + map.get("path") + value);
        }
      }
    }
    return String.join(" ", words);
  }

  @Override
  public Answer.Whole call(VirtualMachineInstance vmi, String method, String verb, Payload body) {
    done.add(method + " " + verb);
    return agentSays;
  }

  @Override
  public Answer stream(VirtualMachineInstance vmi, String verb, String query) {
    done.add("stream " + verb + (query.isEmpty() ? "" : "?" + query));
    return agentSays;
  }

  @Override
  public Peer tcp(String host, int port, Duration deadline) {
    done.add("tcp " + host + " " + port);
    throw new HttpException("nobody is there");
  }

  @Override
  public Peer udp(String host, int port, Duration deadline) {
    done.add("udp " + host + " " + port);
    throw new HttpException("nobody is there");
  }
}
