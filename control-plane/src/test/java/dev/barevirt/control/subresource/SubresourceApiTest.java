package dev.barevirt.control.subresource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.json.RecordReader;
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
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubresourceApiTest {
  private static final String BASE = "/apis/subresources.kubevirt.io/v1/namespaces/ns/";
  private static final String VM = BASE + "virtualmachines/m/";
  private static final String VMI = BASE + "virtualmachineinstances/m/";

  @TempDir private static Path directory;
  private static Certificates certificates;
  private static TlsIdentity proxy;
  private static TlsIdentity other;
  private static TlsIdentity expired;
  private static TlsIdentity serverOnly;

  private final World world = new World();
  private final Map<String, List<String>> headers = new LinkedHashMap<>();
  private List<X509Certificate> shown = List.of();

  private final SubresourceApi api =
      new SubresourceApi(
          new FrontProxy(SubresourceApiTest::settings),
          world,
          new Discovery(() -> new Discovery.Health("v1.36.3", "7")),
          new MachineVerbs(world),
          new InstanceVerbs(world, world),
          new InstanceStreams(world, world, world));

  @BeforeEach
  void theApiServerAsksForAnn() {
    shown = proxy.chain();
    headers.put("x-remote-user", List.of("ann"));
    headers.put("x-remote-group", List.of("staff", "system:authenticated"));
    headers.put("x-remote-extra-scopes.example%2fa", List.of("b"));
  }

  @BeforeAll
  static void certificates() {
    certificates = new Certificates(directory);
    proxy = certificates.identity("front-proxy");
    other = certificates.identity("kubelet");
    serverOnly = certificates.identity("front-proxy", "eku=serverAuth");
    expired =
        certificates.identity(
            "front-proxy", "eku=clientAuth", "-startdate", "-3d", "-validity", "1");
  }

  private static FrontProxySettings settings() {
    return FrontProxySettings.of(
        Map.of(
            "requestheader-client-ca-file",
            Certificates.pem(List.of(certificates.authority())),
            "requestheader-allowed-names",
            "[\"front-proxy\"]",
            "requestheader-username-headers",
            "[\"X-Remote-User\"]",
            "requestheader-group-headers",
            "[\"X-Remote-Group\"]",
            "requestheader-extra-headers-prefix",
            "[\"X-Remote-Extra-\"]"));
  }

  @Test
  void theReviewIsAboutTheCallerAndTheWholeSubresource() {
    world.vmi("Running", "");
    ask("GET", VMI + "vnc/screenshot", "");

    assertThat(world.reviewed)
        .containsExactly(
            "Caller[user=ann, uid=, groups=[staff, system:authenticated],"
                + " extra={scopes.example/a=[b]}] "
                + new Access("get", "v1", "ns", "virtualmachineinstances", "m", "vnc/screenshot"));
  }

  @Test
  void whoMayNotIsToldWhyInPlainText() {
    world.denial = Optional.of("no such role");
    world.vmi("Running", "");

    assertThat(ask("PUT", VMI + "pause", "")).isEqualTo("401 text/plain no such role");
    assertThat(world.done).isEmpty();
  }

  @Test
  void onlyTheApiServersCertificateIsBelieved() {
    world.vmi("Running", "");
    for (List<X509Certificate> chain :
        List.of(
            List.<X509Certificate>of(),
            other.chain(),
            expired.chain(),
            serverOnly.chain(),
            List.of(certificates.authority()))) {
      shown = chain;
      assertThat(ask("PUT", VMI + "pause", "")).startsWith("401 text/plain ");
    }
    shown = proxy.chain();
    headers.remove("x-remote-user");
    assertThat(ask("PUT", VMI + "pause", "")).startsWith("401 text/plain ");
    assertThat(world.reviewed).isEmpty();
    assertThat(world.done).isEmpty();
  }

  @Test
  void pathsThatMeanNothingAreAnsweredBeforeAnybodyIsAsked() {
    shown = List.of();
    assertThat(ask("GET", VMI + "nothing", "")).startsWith("404 application/json");
    assertThat(ask("GET", BASE + "pods/a/exec", "")).startsWith("404 application/json");
    assertThat(ask("GET", VMI + "vnc%2Fscreenshot", "")).startsWith("404 application/json");
    assertThat(world.reviewed).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"vsock", "sev/setupsession", "evacuate/cancel", "addvolume"})
  void whatIsNotBuiltSaysSo(String verb) {
    assertThat(ask("PUT", VMI + verb, ""))
        .startsWith("400 application/json")
        .contains("\"message\":\"" + verb + " is not supported by this version\"")
        .contains("\"reason\":\"BadRequest\"");
  }

  @Test
  void pagesAreThereForEverybody() {
    shown = List.of();
    String base = "/apis/subresources.kubevirt.io";
    assertThat(ask("GET", base, "")).contains("\"groupVersion\":\"subresources.kubevirt.io/v1\"");
    assertThat(ask("GET", base + "/v1", ""))
        .contains("{\"name\":\"virtualmachineinstances/console\",\"singularName\":\"\"");
    assertThat(ask("GET", base + "/v1/version", "")).contains("\"gitVersion\":\"v1.");
    assertThat(ask("GET", base + "/v1/healthz", ""))
        .contains("{\"connectivity\":\"ok\",\"version\":\"v1.36.3\"}")
        .contains("\"config-resource-version\":\"7\"");
    assertThat(ask("GET", base + "/v1/guestfs", "")).contains("\"gsImage\":\"\"");
  }

  @Test
  void messagesAreThoseClientsKnow() {
    assertThat(ask("PUT", VM + "start", ""))
        .isEqualTo(
            "404 application/json {\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},"
                + "\"status\":\"Failure\",\"message\":\"virtualmachine.kubevirt.io \\\"m\\\" not"
                + " found\",\"reason\":\"NotFound\",\"details\":{\"name\":\"m\",\"group\":"
                + "\"kubevirt.io\",\"kind\":\"virtualmachine\"},\"code\":404}");
    world.vm("Always", "");
    world.vmi("Running", "");
    assertThat(ask("PUT", VM + "start", ""))
        .startsWith("409 ")
        .contains(
            "\"message\":\"Operation cannot be fulfilled on virtualmachine.kubevirt.io \\\"m\\\":"
                + " VM is already running\"");
    assertThat(ask("PUT", VM + "start", "{"))
        .startsWith("400 ")
        .contains("Can not unmarshal Request body to struct, error: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Halted | '' | '' | OBJECT test /spec/runStrategy=Halted add /spec/runStrategy=Always",
        "Halted | {\"paused\":true} | '' | STATUS test /status=null add"
            + " /status={stateChangeRequests=[{action=Start, data={paused=true}}]}",
        "Halted | {\"dryRun\":[\"All\"]} | '' | DRY OBJECT test /spec/runStrategy=Halted add"
            + " /spec/runStrategy=Always",
        "Manual | '' | '' | STATUS test /status=null add"
            + " /status={stateChangeRequests=[{action=Start}]}",
        "Manual | '' | Failed | STATUS test /status=null add"
            + " /status={stateChangeRequests=[{action=Stop, uid=u1}, {action=Start}]}",
        "RerunOnFailure | '' | Succeeded | STATUS test /status=null add"
            + " /status={stateChangeRequests=[{action=Stop, uid=u1}, {action=Start}]}",
        "RerunOnFailure | '' | Failed | 409 RerunOnFailure does not support starting VM from"
            + " failed state",
        "Always | '' | '' | 409 Always does not support manual start requests",
        "Once | '' | '' | 409 Once does not support manual start requests"
      })
  void starts(String strategy, String body, String phase, String expected) {
    world.vm(strategy, "");
    if (!phase.isEmpty()) {
      world.vmi(phase, "");
    }
    assertDone(ask("PUT", VM + "start", body), 202, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Always | '' | Running | OBJECT test /spec/runStrategy=Always add"
            + " /spec/runStrategy=Halted",
        "Always | '' | '' | OBJECT test /spec/runStrategy=Always add /spec/runStrategy=Halted",
        "Manual | '' | '' | 409 VM is not running",
        "Manual | '' | Succeeded | 409 VM is not running",
        "Manual | '' | Running | STATUS test /status=null add"
            + " /status={stateChangeRequests=[{action=Stop, uid=u1}]}",
        "Halted | '' | Running | 409 Halted only supports manual stop requests with a shorter"
            + " graceperiod"
      })
  void stops(String strategy, String body, String phase, String expected) {
    world.vm(strategy, "");
    if (!phase.isEmpty()) {
      world.vmi(phase, "");
    }
    assertDone(ask("PUT", VM + "stop", body), 202, expected);
  }

  @Test
  void aStopMayShortenTheGracePeriod() {
    world.vm("Always", "");
    world.vmi("Running", "");
    ask("PUT", VM + "stop", "{\"gracePeriod\":0}");

    assertThat(world.done)
        .containsExactly(
            "INSTANCE OBJECT test /spec/terminationGracePeriodSeconds=null add"
                + " /spec/terminationGracePeriodSeconds=0",
            "MACHINE OBJECT test /spec/runStrategy=Always add /spec/runStrategy=Halted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Always | '' | Running | STATUS test /status=null add"
            + " /status={stateChangeRequests=[{action=Stop, uid=u1}, {action=Start}]}",
        "Halted | '' | Running | 409 RunStategy Halted does not support manual restart requests",
        "Always | '' | '' | 409 VM is not running: Halted",
        "Always | {\"gracePeriodSeconds\":5} | Running | 400 For force restart, only"
            + " gracePeriod=0 is supported for now",
        "Always | {\"gracePeriodSeconds\":-1} | Running | 400 gracePeriod has to be greater or"
            + " equal to 0"
      })
  void restarts(String strategy, String body, String phase, String expected) {
    world.vm(strategy, "");
    if (!phase.isEmpty()) {
      world.vmi(phase, "");
    }
    assertDone(ask("PUT", VM + "restart", body), 202, expected);
  }

  @Test
  void aRequestUnderWayIsNotReplaced() {
    world.vm("Manual", "{\"stateChangeRequests\":[{\"action\":\"Start\"}]}");
    assertThat(ask("PUT", VM + "start", ""))
        .startsWith("409 ")
        .contains("unable to complete request: stop/start already underway");
  }

  @Test
  void aForcedRestartThatIsRefusedLeavesTheGracePeriod() {
    world.vm("Always", "{\"stateChangeRequests\":[{\"action\":\"Start\"}]}");
    world.vmi("Running", "");
    assertThat(ask("PUT", VM + "restart", "{\"gracePeriodSeconds\":0}")).startsWith("409 ");
    assertThat(world.done.getLast())
        .isEqualTo(
            "INSTANCE OBJECT test /spec/terminationGracePeriodSeconds=1 remove"
                + " /spec/terminationGracePeriodSeconds");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pause | Running | '' | PUT pause",
        "pause | Scheduled | '' | 409 VM is not running",
        "pause | Running | Paused | 409 VMI is already paused",
        "unpause | Running | Paused | PUT unpause",
        "unpause | Running | '' | 409 VMI is not paused",
        "unpause | Failed | '' | 409 VMI is not running",
        "freeze | Running | '' | PUT freeze",
        "reset | Running | '' | PUT reset",
        "reset | Failed | '' | 409 Failed to reset non-running VMI with phase Failed",
        "softreboot | Running | AgentConnected | PUT softreboot",
        "softreboot | Running | '' | 409 VMI neither have the agent connected nor the ACPI"
            + " feature enabled",
        "softreboot | Running | Paused | 409 VMI is paused"
      })
  void anAgentChangesAnInstanceThatIsFitForIt(
      String verb, String phase, String condition, String expected) {
    world.vmi(phase, condition);
    assertDone(ask("PUT", VMI + verb, ""), 200, expected);
  }

  @Test
  void aDryRunReachesNoAgent() {
    world.vmi("Running", "");
    assertThat(ask("PUT", VMI + "pause", "{\"dryRun\":[\"All\"]}")).startsWith("200 ");
    assertThat(world.done).isEmpty();
  }

  @Test
  void anAgentsRefusalIsTheAnswer() {
    world.vmi("Running", "AgentConnected");
    world.agentSays = Answer.json(409, "{\"message\":\"frozen\"}");
    assertThat(ask("PUT", VMI + "freeze", ""))
        .isEqualTo("409 application/json {\"message\":\"frozen\"}");
  }

  @Test
  void factsOfAGuestNeedItsAgent() {
    world.vmi("Running", "");
    assertThat(ask("GET", VMI + "userlist", ""))
        .startsWith("409 ")
        .contains("VMI does not have guest agent connected");
    world.vmi("Running", "AgentConnected");
    world.agentSays = Answer.json(200, "{\"items\":[]}");
    assertThat(ask("GET", VMI + "userlist", "")).isEqualTo("200 application/json {\"items\":[]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "console | Running | '' | {} | stream console",
        "console | Scheduling | '' | {} | 400 VMI is not running",
        "console | Failed | '' | {} | 409 VMI is in failed status",
        "console | Running | '' | {\"autoattachSerialConsole\":false} | 400 No serial consoles are"
            + " present.",
        "vnc | Running | '' | {\"autoattachGraphicsDevice\":false} | 400 No graphics devices are"
            + " present.",
        "vnc | Pending | '' | {} | 400 VMI is not running",
        "vnc | Running | '' | {} | stream vnc",
        "portforward/22 | Running | '' | {} | tcp 10.0.0.9 22",
        "portforward/53/udp | Running | '' | {} | udp 10.0.0.9 53",
        "portforward/22 | Running | Paused | {} | 409 VMI is paused",
        "portforward | Running | '' | {} | 400 port must not be empty",
        "portforward/0 | Running | '' | {} | 400 the port is a number from 1 to 65535",
        "portforward/22/sctp | Running | '' | {} | 400 the protocol is tcp or udp"
      })
  void streams(String verb, String phase, String condition, String devices, String expected) {
    world.vmi(phase, condition, devices, "10.0.0.9");
    world.agentSays = Answer.empty(200);
    String answer = ask("GET", VMI + verb, "", HttpRequest.Kind.STREAM);
    if (Character.isDigit(expected.charAt(0))) {
      assertDone(answer, 101, expected);
    } else {
      assertThat(world.done).containsExactly(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "169.254.169.254", "0.0.0.0", "224.0.0.1", "name"})
  void anAddressThatLeadsElsewhereIsNotDialled(String address) {
    world.vmi("Running", "", "{}", address);
    assertThat(ask("GET", VMI + "portforward/80", "", HttpRequest.Kind.STREAM)).startsWith("400 ");
    assertThat(world.done).isEmpty();
  }

  @Test
  void aMachinesPortsAreThoseOfItsInstance() {
    world.vm("Always", "");
    assertThat(ask("GET", VM + "portforward/80", "", HttpRequest.Kind.STREAM))
        .contains("virtualmachine.kubevirt.io \\\"m\\\": VMI is not started");
  }

  @Test
  void aStreamWithoutAWebsocketIsRefused() {
    world.vmi("Running", "");
    assertThat(ask("GET", VMI + "console", "")).startsWith("400 ");
    assertThat(ask("PUT", VMI + "console", "")).startsWith("405 ");
  }

  private void assertDone(String answer, int code, String expected) {
    if (expected.matches("4\\d\\d .*")) {
      assertThat(answer).startsWith(expected.substring(0, 4)).contains(expected.substring(4));
      assertThat(world.done).isEmpty();
    } else {
      assertThat(answer).startsWith(code + " ");
      assertThat(world.done).singleElement().asString().endsWith(expected);
    }
  }

  private String ask(String method, String path, String body) {
    return ask(method, path, body, HttpRequest.Kind.PLAIN);
  }

  private String ask(String method, String path, String body, HttpRequest.Kind kind) {
    Answer answer =
        api.answer(new HttpRequest(method, path, "", headers, Payload.of(body), shown, kind));
    return switch (answer) {
      case Answer.Whole(int code, String type, Payload said) ->
          code + " " + type + " " + said.text();
      case Answer.Stream _ -> "101";
    };
  }

  /** A cluster that remembers what was asked of it. */
  private static final class World
      implements AccessReview, Machines, NodeAgents, InstanceStreams.Ports {
    private final List<String> reviewed = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final Map<String, VirtualMachine> machines = new HashMap<>();
    private final Map<String, VirtualMachineInstance> instances = new HashMap<>();
    private Optional<String> denial = Optional.empty();
    private Answer.Whole agentSays = Answer.empty(200);

    void vm(String strategy, String status) {
      String json =
          "{\"metadata\":{\"name\":\"m\",\"namespace\":\"ns\"},\"spec\":{\"runStrategy\":\"%s\"}%s}"
              .formatted(strategy, status.isEmpty() ? "" : ",\"status\":" + status);
      machines.put("ns/m", RecordReader.STRICT.read(VirtualMachine.class, json).orThrow());
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
      done.add(
          (run == Run.DRY ? "DRY " : target.kind() + " ") + part + " " + words(patch.toJson()));
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
      done.add("stream " + verb);
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
}
