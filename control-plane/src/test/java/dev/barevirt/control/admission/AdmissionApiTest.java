package dev.barevirt.control.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.rules.ClusterSettings;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.control.http.Answer;
import dev.barevirt.control.http.HttpRequest;
import dev.barevirt.control.http.Payload;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String USER = "ann";
  private static final String AGENT = "system:serviceaccount:kubevirt:kubevirt-handler";
  private static final String VMI =
      "{\"metadata\":{\"name\":\"a\",\"namespace\":\"ns\"},\"spec\":{\"domain\":{\"devices\":{},"
          + "\"memory\":{\"guest\":\"64Mi\"}}}}";

  private boolean installed;
  private boolean loaded;
  private boolean removed;
  private Optional<Cluster.Launcher> launcher = Optional.empty();
  private final List<String> evacuated = new ArrayList<>();
  private Optional<VirtualMachineInstance> instance = Optional.empty();

  private final AdmissionApi api =
      new AdmissionApi(
          new Cluster() {
            @Override
            public ClusterSettings settings() {
              return ClusterSettings.DEFAULT;
            }

            @Override
            public Optional<VirtualMachineInstance> instance(String namespace, String name) {
              return instance;
            }

            @Override
            public boolean hasInstallation() {
              return installed;
            }

            @Override
            public boolean isInstalled() {
              return !removed;
            }

            @Override
            public Optional<Launcher> launcher(String namespace, String pod) {
              return launcher;
            }

            @Override
            public void evacuate(VirtualMachineInstance vmi) {
              evacuated.add(String.valueOf(vmi.metadata().name()));
            }

            @Override
            public boolean hasWorkloads() {
              return loaded;
            }
          },
          "kubevirt",
          Clock.fixed(Instant.parse("2026-11-30T01:02:03.9Z"), ZoneOffset.UTC));

  @Test
  void anInstanceIsFilledInWhenItIsMade() throws IOException {
    JsonNode made = patched("/virtualmachineinstances-mutate", VMI, "{}", USER);

    assertThat(made.at("/spec/domain/machine/type").asText()).isEqualTo("q35");
    assertThat(made.at("/spec/domain/firmware/uuid").asText()).hasSize(36);
    assertThat(made.at("/spec/domain/devices/interfaces/0/name").asText()).isEqualTo("default");
    assertThat(made.at("/metadata/finalizers/0").asText())
        .isEqualTo("kubevirt.io/foregroundDeleteVirtualMachine");
    assertThat(made.at("/status"))
        .hasToString(
            "{\"phase\":\"Pending\",\"phaseTransitionTimestamps\":[{\"phase\":\"Pending\","
                + "\"phaseTransitionTimestamp\":\"2026-11-30T01:02:03Z\"}],\"runtimeUser\":107}");
  }

  @Test
  void whatTheRecordsDoNotKnowIsLeftAlone() throws IOException {
    String odd =
        VMI.replace("\"devices\":{}", "\"devices\":{\"disks\":[{\"name\":\"d\",\"newer\":1}]}");
    JsonNode made = patched("/virtualmachineinstances-mutate", odd, "{}", USER);

    assertThat(made.at("/spec/domain/devices/disks/0/newer").asInt()).isEqualTo(1);
    assertThat(made.at("/spec/domain/devices/disks/0/disk/bus").asText()).isNotEmpty();
  }

  @Test
  void usersDoNotChangeAnInstancesStatus() throws IOException {
    String before = with(VMI, "status", "{\"phase\":\"Running\"}");
    String after = with(VMI, "status", "{\"phase\":\"Failed\"}");

    assertThat(phase(after, before, USER)).isEqualTo("Running");
    assertThat(phase(after, before, AGENT)).isEqualTo("Failed");
    assertThat(phase(VMI, before, USER)).isEqualTo("Running");
    assertThat(phase(after, VMI, USER)).isEmpty();
  }

  private String phase(String object, String old, String user) throws IOException {
    return patched("/virtualmachineinstances-mutate", object, old, user)
        .at("/status/phase")
        .asText();
  }

  @Test
  void usersDoNotChangeWhatAnInstanceIs() throws IOException {
    String path = "/virtualmachineinstances-validate-update";
    String bigger = VMI.replace("64Mi", "65Mi");

    assertThat(refusal(path, bigger, VMI, USER))
        .isEqualTo("422 Invalid update of VMI object is restricted spec FieldValueNotSupported");
    assertThat(refusal(path, bigger, VMI, AGENT)).isEmpty();
    String moved =
        VMI.replace("\"name\":\"a\"", "\"name\":\"a\",\"labels\":{\"kubevirt.io/nodeName\":\"n\"}");
    assertThat(refusal(path, moved, VMI, USER))
        .startsWith("422 Invalid modification of the following reserved kubevirt.io/ labels");
    assertThat(refusal(path, moved.replace("io/nodeName", "io/vm"), VMI, USER)).isEmpty();
  }

  @Test
  void aMachineKeepsItsIdentityWhenAChangeLeavesItOut() throws IOException {
    String vm =
        "{\"metadata\":{\"name\":\"m\"},\"spec\":{\"runStrategy\":\"Halted\",\"template\":"
            + VMI
            + "}}";
    JsonNode made = patched("/virtualmachines-mutate", vm, "{}", USER);
    assertThat(made.at("/spec/template/spec/domain/firmware/uuid").asText()).hasSize(36);

    assertThat(patched("/virtualmachines-mutate", vm, made.toString(), USER)).isEqualTo(made);
  }

  @Test
  void onlyOurOwnProcessesWriteAStatus() throws IOException {
    String ready = "{\"status\":{\"ready\":true}}";
    String nothing = "{\"metadata\":{}}";

    assertThat(refusal("/status-validate", ready, nothing, USER)).startsWith("403 Forbidden ");
    assertThat(refusal("/status-validate", ready, nothing, AGENT)).isEmpty();
    assertThat(refusal("/status-validate", ready, ready, USER)).isEmpty();
  }

  @Test
  void whatMustBeWrittenIsNotFilledIn() throws IOException {
    String without = VMI.replace("\"devices\":{},", "");
    assertThat(patched("/virtualmachineinstances-mutate", without, "{}", USER))
        .isEqualTo(JSON.readTree(without));
    String vm = "{\"spec\":{\"runStrategy\":\"Halted\",\"template\":{\"spec\":{\"domain\":{}}}}}";
    assertThat(patched("/virtualmachines-mutate", vm, "{}", USER)).isEqualTo(JSON.readTree(vm));
  }

  @Test
  void manyCausesAreToldInOneMessage() throws IOException {
    StringBuilder disks = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      disks.append(i == 0 ? "" : ",").append("{\"name\":\"d").append(i).append("\",\"disk\":{}}");
    }
    String wrong = VMI.replace("\"devices\":{}", "\"devices\":{\"disks\":[" + disks + "]}");

    assertThat(refusal("/virtualmachineinstances-validate-create", wrong, "{}", USER))
        .contains(", and 2 more validation errors");
  }

  @Test
  void aMigrationNeedsAnInstanceAndIsNotBuilt() throws IOException {
    String path = "/migration-validate-create";
    String migration = "{\"spec\":{\"vmiName\":\"x\"}}";

    assertThat(refusal(path, "{\"spec\":{}}", "{}", USER))
        .isEqualTo("422 Invalid vmiName is missing spec.vmiName FieldValueRequired");
    assertThat(refusal(path, migration, "{}", USER))
        .isEqualTo("400  the VMI \"ns/x\" does not exist");
    instance = Optional.of(VirtualMachineInstance.EMPTY);
    assertThat(refusal(path, migration, "{}", USER))
        .isEqualTo("400  migrate is not supported by this version");
    String other = migration.replace("x", "y");
    assertThat(refusal("/migration-validate-update", migration, other, USER))
        .startsWith("422 Invalid ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"infra\":{\"replicas\":0}} | spec.infra.replicas",
        "{\"configuration\":{\"tlsConfiguration\":{\"ciphers\":[\"x\"]}}} |"
            + " spec.configuration.tlsConfiguration.ciphers",
        "{\"certificateRotateStrategy\":{\"selfSigned\":{\"ca\":{\"duration\":\"1d\"}}}} |"
            + " spec.certificateRotateStrategy.selfSigned.ca.duration",
        "{\"certificateRotateStrategy\":{\"selfSigned\":{\"ca\":{\"duration\":\"1h\","
            + "\"renewBefore\":\"90m\"}}}} |"
            + " spec.certificateRotateStrategy.selfSigned.ca.renewBefore"
      })
  void anInstallationsConfigurationMustBeUsable(String spec, String field) throws IOException {
    String object = "{\"spec\":" + spec + "}";
    assertThat(refusal("/kubevirt-validate-update", object, "{\"spec\":{}}", USER)).contains(field);
  }

  @Test
  void thereIsOneInstallationAndItsGuestsAreNotLost() throws IOException {
    installed = true;
    assertThat(refusal("/kubevirt-validate-create", "{\"spec\":{}}", "{}", USER))
        .isEqualTo("400  Kubevirt is already created");
    loaded = true;
    String keeps = "{\"spec\":{\"uninstallStrategy\":\"BlockUninstallIfWorkloadsExist\"}}";
    assertThat(refusal("/kubevirt-validate-delete", "{}", keeps, USER))
        .startsWith("400 ")
        .contains("delete all virtual machines, instances and replica sets first");
    assertThat(refusal("/kubevirt-validate-delete", "{}", "{\"spec\":{}}", USER)).isEmpty();
    assertThat(asked("/kubevirt-validate-delete", "{}", "{\"spec\":{}}", USER).at("/warnings/0"))
        .asString()
        .contains("are deleted with the installation");
    loaded = false;
    assertThat(refusal("/kubevirt-validate-delete", "{}", keeps, USER)).isEmpty();
  }

  @Test
  void nothingIsMadeThatNobodyWouldRun() throws IOException {
    removed = true;
    assertThat(refusal("/virtualmachineinstances-validate-create", VMI, "{}", USER))
        .startsWith("403 Forbidden there is no KubeVirt object");
    String controller = "system:serviceaccount:kubevirt:kubevirt-controller";
    assertThat(refusal("/virtualmachineinstances-validate-create", VMI, "{}", controller))
        .isEmpty();
    removed = false;
    assertThat(refusal("/virtualmachineinstances-validate-create", VMI, "{}", USER)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "None | False | ",
        "LiveMigrate | False | 429 TooManyRequests VMI a is configured with an eviction strategy"
            + " but is not live-migratable",
        "LiveMigrate | True | 429 TooManyRequests Eviction triggered evacuation of VMI \"ns/a\"",
        "LiveMigrateIfPossible | False | ",
        "LiveMigrateIfPossible | True | 429 TooManyRequests Eviction triggered evacuation of VMI"
            + " \"ns/a\"",
        "External | False | 429 TooManyRequests Eviction triggered evacuation of VMI \"ns/a\""
      })
  void anEvictionIsAnsweredByStrategy(String strategy, String migratable, @Nullable String answer)
      throws IOException {
    launcher = Optional.of(new Cluster.Launcher("u", "a", "n1", false));
    instance = Optional.of(onNode(strategy, migratable, ""));

    assertThat(refusal("/pod-eviction-validate", "{}", "{}", USER))
        .isEqualTo(answer == null ? "" : answer);
    boolean leaves = answer != null && answer.contains("triggered");
    assertThat(evacuated).isEqualTo(leaves ? List.of("a") : List.of());
  }

  @Test
  void anEvictionThatIsUnderWayOrNotOfThisGuestChangesNothing() throws IOException {
    String path = "/pod-eviction-validate";
    assertThat(refusal(path, "{}", "{}", USER)).as("no launcher's pod").isEmpty();
    instance = Optional.of(onNode("External", "False", "n1"));
    launcher = Optional.of(new Cluster.Launcher("u", "a", "n1", false));
    assertThat(refusal(path, "{}", "{}", USER))
        .endsWith("Evacuation in progress: Eviction triggered evacuation of VMI \"ns/a\"");
    launcher = Optional.of(new Cluster.Launcher("u", "a", "n2", false));
    assertThat(refusal(path, "{}", "{}", USER)).endsWith("Eviction request for target Pod");
    launcher = Optional.of(new Cluster.Launcher("other", "a", "n1", false));
    assertThat(refusal(path, "{}", "{}", USER)).as("of an earlier instance").isEmpty();
    launcher = Optional.of(new Cluster.Launcher("u", "a", "n1", true));
    assertThat(refusal(path, "{}", "{}", USER)).as("it has ended").isEmpty();
    assertThat(evacuated).isEmpty();
  }

  private static VirtualMachineInstance onNode(
      String strategy, String migratable, String evacuation) {
    String json =
        """
        {"metadata":{"name":"a","namespace":"ns","uid":"u"},"spec":{"evictionStrategy":"%s"},
        "status":{"nodeName":"n1",%s"conditions":[{"type":"LiveMigratable","status":"%s"}]}}
        """
            .formatted(
                strategy,
                evacuation.isEmpty() ? "" : "\"evacuationNodeName\":\"" + evacuation + "\",",
                migratable);
    return RecordReader.LENIENT.read(VirtualMachineInstance.class, json).orThrow();
  }

  @Test
  void garbageIsRefusedInOneSentence() throws IOException {
    assertThat(post("/virtualmachines-mutate", "{").code()).isEqualTo(400);
    assertThat(post("/virtualmachines-mutate", "{\"request\":{}}").body().text())
        .isEqualTo("there is no request with a uid");
    assertThat(post("/nothing", "{}").code()).isEqualTo(404);
    assertThat(refusal("/virtualmachineinstances-mutate", "{\"spec\":{\"domain\":7}}", "{}", USER))
        .startsWith("400  spec.domain: ");
  }

  @Test
  void judgesRecordedManifestsAsTheyWereJudged() throws IOException {
    int judged = 0;
    for (Map.Entry<String, Map<?, ?>> recorded : Recorded.cases().entrySet()) {
      Recorded.Outcome theirs = Recorded.verdict(recorded.getValue());
      boolean bySchema = theirs instanceof Recorded.Outcome.Refused(var fields) && fields.isEmpty();
      if (!bySchema) {
        judged++;
        assertThat(judged(recorded.getValue())).as(recorded.getKey()).isEqualTo(theirs);
      }
    }
    assertThat(judged).isGreaterThan(100);
  }

  private Recorded.Outcome judged(Map<?, ?> recorded) throws IOException {
    JsonNode current = JSON.valueToTree(recorded.get("object"));
    for (String hook : hooks(current.get("kind").asText())) {
      JsonNode response = asked(hook, current.toString(), "{}", USER);
      if (!response.get("allowed").asBoolean()) {
        return Recorded.refused(
            JSON.convertValue(response.at("/status/details/causes"), Object.class));
      }
      current = applied(response, current);
    }
    return Recorded.accepted(JSON.convertValue(current.get("spec"), Object.class));
  }

  private static List<String> hooks(String kind) {
    return switch (kind) {
      case "VirtualMachine" -> List.of("/virtualmachines-mutate", "/virtualmachines-validate");
      case "VirtualMachineInstance" ->
          List.of("/virtualmachineinstances-mutate", "/virtualmachineinstances-validate-create");
      case "VirtualMachineInstanceReplicaSet" -> List.of("/virtualmachinereplicaset-validate");
      default -> List.of("/migration-validate-create");
    };
  }

  private static String with(String object, String field, String value) throws IOException {
    ObjectNode changed = (ObjectNode) JSON.readTree(object);
    changed.set(field, JSON.readTree(value));
    return changed.toString();
  }

  private JsonNode patched(String path, String object, String old, String user) throws IOException {
    JsonNode response = asked(path, object, old, user);
    assertThat(response.get("allowed").asBoolean()).as(response.toString()).isTrue();
    return applied(response, JSON.readTree(object));
  }

  private static JsonNode applied(JsonNode response, JsonNode object) throws IOException {
    return response.has("patch")
        ? JsonPatch.apply(
            JSON.readTree(Base64.getDecoder().decode(response.get("patch").asText())), object)
        : object;
  }

  private String refusal(String path, String object, String old, String user) throws IOException {
    JsonNode response = asked(path, object, old, user);
    if (response.get("allowed").asBoolean()) {
      return "";
    }
    JsonNode status = response.get("status");
    StringBuilder told = new StringBuilder(status.get("code").asText());
    told.append(' ').append(status.path("reason").asText(""));
    told.append(' ').append(status.get("message").asText());
    for (JsonNode cause : status.at("/details/causes")) {
      told.append(' ').append(cause.get("field").asText());
      told.append(' ').append(cause.get("reason").asText());
    }
    return told.toString();
  }

  private JsonNode asked(String path, String object, String old, String user) throws IOException {
    String operation = path.endsWith("-delete") ? "DELETE" : old.equals("{}") ? "CREATE" : "UPDATE";
    String review =
        """
        {"request":{"uid":"7","operation":"%s","namespace":"ns","name":"a",
        "userInfo":{"username":"%s"},"object":%s,"oldObject":%s}}
        """
            .formatted(operation, user, object, old);
    Answer.Whole answer = post(path, review);
    assertThat(answer.code()).as(answer.body().text()).isEqualTo(200);
    JsonNode response = JSON.readTree(answer.body().bytes()).get("response");
    assertThat(response.get("uid").asText()).isEqualTo("7");
    return response;
  }

  private Answer.Whole post(String path, String body) {
    return (Answer.Whole)
        api.answer(
            new HttpRequest(
                "POST",
                path,
                "timeout=10s",
                Map.of(),
                Payload.of(body),
                List.of(),
                HttpRequest.Kind.PLAIN));
  }
}
