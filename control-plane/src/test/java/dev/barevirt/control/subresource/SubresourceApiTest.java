package dev.barevirt.control.subresource;

import static dev.barevirt.control.subresource.ApiWorld.BASE;
import static dev.barevirt.control.subresource.ApiWorld.CERTIFICATES;
import static dev.barevirt.control.subresource.ApiWorld.PROXY;
import static dev.barevirt.control.subresource.ApiWorld.VM;
import static dev.barevirt.control.subresource.ApiWorld.VMI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.rules.ClusterSettings.FeatureGate;
import dev.barevirt.control.http.TlsIdentity;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubresourceApiTest {
  /** Certificates that are not the API server's: of somebody else, expired, for servers only. */
  private static final List<TlsIdentity> OTHERS =
      List.of(
          CERTIFICATES.identity("kubelet"),
          CERTIFICATES.identity(
              "front-proxy", "eku=clientAuth", "-startdate", "-3d", "-validity", "1"),
          CERTIFICATES.identity("front-proxy", "eku=serverAuth"));

  private final ApiWorld world = new ApiWorld();

  @Test
  void theReviewIsAboutTheCallerAndTheWholeSubresource() {
    world.vmi("Running", "");
    world.ask("GET", VMI + "vnc/screenshot", "");

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

    assertThat(world.ask("PUT", VMI + "pause", "")).isEqualTo("401 text/plain no such role");
    assertThat(world.done).isEmpty();
  }

  @Test
  void onlyTheApiServersCertificateIsBelieved() {
    world.vmi("Running", "");
    for (List<X509Certificate> chain :
        List.of(
            List.<X509Certificate>of(),
            OTHERS.get(0).chain(),
            OTHERS.get(1).chain(),
            OTHERS.get(2).chain(),
            List.of(CERTIFICATES.authority()))) {
      world.shown = chain;
      assertThat(world.ask("PUT", VMI + "pause", "")).startsWith("401 text/plain ");
    }
    world.shown = PROXY.chain();
    world.headers.remove("x-remote-user");
    assertThat(world.ask("PUT", VMI + "pause", "")).startsWith("401 text/plain ");
    assertThat(world.reviewed).isEmpty();
    assertThat(world.done).isEmpty();
  }

  @Test
  void pathsThatMeanNothingAreAnsweredBeforeAnybodyIsAsked() {
    world.shown = List.of();
    assertThat(world.ask("GET", VMI + "nothing", "")).startsWith("404 application/json");
    assertThat(world.ask("GET", BASE + "pods/a/exec", "")).startsWith("404 application/json");
    assertThat(world.ask("GET", VMI + "vnc%2Fscreenshot", "")).startsWith("404 application/json");
    assertThat(world.reviewed).isEmpty();
  }

  @Test
  void pagesAreThereForEverybody() {
    world.shown = List.of();
    String base = "/apis/subresources.kubevirt.io";
    assertThat(world.ask("GET", base, ""))
        .contains("\"groupVersion\":\"subresources.kubevirt.io/v1\"");
    assertThat(world.ask("GET", base + "/v1", ""))
        .contains("{\"name\":\"virtualmachineinstances/console\",\"singularName\":\"\"");
    assertThat(world.ask("GET", base + "/v1/version", "")).contains("\"gitVersion\":\"v1.");
    assertThat(world.ask("GET", base + "/v1/healthz", ""))
        .contains("{\"connectivity\":\"ok\",\"version\":\"v1.36.3\"}")
        .contains("\"config-resource-version\":\"7\"");
    assertThat(world.ask("GET", base + "/v1/guestfs", "")).contains("\"gsImage\":\"\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "virtualmachines/m/migrate",
        "virtualmachines/m/addvolume",
        "virtualmachines/m/removevolume",
        "virtualmachines/m/memorydump",
        "virtualmachines/m/removememorydump",
        "virtualmachineinstances/m/addvolume",
        "virtualmachineinstances/m/removevolume",
        "virtualmachineinstances/m/backup",
        "virtualmachineinstances/m/redefine-checkpoint",
        "virtualmachineinstances/m/sev/fetchcertchain",
        "virtualmachineinstances/m/sev/querylaunchmeasurement",
        "virtualmachineinstances/m/sev/setupsession",
        "virtualmachineinstances/m/sev/injectlaunchsecret"
      })
  void whatIsNotBuiltSaysSoInBothVersions(String path) {
    String verb = path.replaceFirst("^[a-z]+/m/", "");
    for (String version : SubresourcePath.VERSIONS) {
      String base = BASE.replace("/v1/", "/" + version + "/");
      assertThat(world.ask("PUT", base + path, ""))
          .startsWith("400 application/json")
          .contains("\"message\":\"" + verb + " is not supported by this version\"")
          .contains("\"reason\":\"BadRequest\"");
    }
    assertThat(world.done).isEmpty();
  }

  @Test
  void theGraphOfAnObjectIsBehindItsGate() {
    String closed = "ObjectGraph feature gate not enabled: Unable to return object graph.";
    assertThat(world.ask("GET", VM + "objectgraph", "{}")).startsWith("400 ").contains(closed);
    assertThat(world.ask("GET", VMI + "objectgraph", "")).startsWith("400 ").contains(closed);

    world.gates.add(FeatureGate.OBJECT_GRAPH);
    assertThat(world.ask("GET", VMI + "objectgraph", ""))
        .startsWith("400 ")
        .contains("objectgraph is not supported by this version");
  }

  @Test
  void otherMethodsAreRefused() {
    world.vmi("Running", "");
    assertThat(world.ask("GET", VMI + "pause", "")).startsWith("405 ");
    assertThat(world.ask("PUT", VMI + "userlist", "")).startsWith("405 ");
    assertThat(world.ask("POST", VM + "start", "")).startsWith("405 ");
    assertThat(world.ask("PATCH", VM + "start", "")).startsWith("405 ");
    assertThat(world.done).isEmpty();
  }

  @Test
  void discoveryListsWhatClientsAskDiscoveryFor() {
    assertThat(world.ask("GET", "/apis/subresources.kubevirt.io/v1alpha3", ""))
        .contains("\"groupVersion\":\"subresources.kubevirt.io/v1alpha3\"")
        .contains("{\"name\":\"expand-vm-spec\"")
        .contains("{\"name\":\"virtualmachines/evacuate/cancel\"")
        .contains("{\"name\":\"virtualmachineinstances/sev/setupsession\"")
        .doesNotContain("usbredir", "vsock", "memorydump", "virtualmachines/portforward");
  }
}
