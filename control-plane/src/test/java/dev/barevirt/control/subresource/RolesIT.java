package dev.barevirt.control.subresource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.kube.ApiServer;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Who may do what by the roles that are installed, judged by a real API server. A letter stands for
 * a role: a for admin, e for edit, v for view, m for migrate, d for somebody with no role at all.
 */
class RolesIT {
  private static final Path ROLES = Path.of("..", "manifests", "base", "roles.yaml");
  private static final String GROUP = "kubevirt.io";
  private static final Map<String, String> ROLES_BY_LETTER =
      Map.of("a", "admin", "e", "edit", "v", "view", "m", "migrate");

  /** Every subresource and those who may ask for it, by the method it is served with. */
  private static final String SUBRESOURCES =
      """
      virtualmachines/start                                ae
      virtualmachines/stop                                 ae
      virtualmachines/restart                              ae
      virtualmachines/expand-spec                          aev
      virtualmachines/objectgraph                          aev
      virtualmachines/evacuate/cancel                      -
      virtualmachines/portforward                          ae
      virtualmachines/migrate                              m
      virtualmachines/addvolume                            ae
      virtualmachines/removevolume                         ae
      virtualmachines/memorydump                           ae
      virtualmachines/removememorydump                     ae
      virtualmachineinstances/console                      ae
      virtualmachineinstances/vnc                          ae
      virtualmachineinstances/vnc/screenshot               a
      virtualmachineinstances/portforward                  ae
      virtualmachineinstances/usbredir                     ae
      virtualmachineinstances/vsock                        -
      virtualmachineinstances/pause                        ae
      virtualmachineinstances/unpause                      ae
      virtualmachineinstances/freeze                       ae
      virtualmachineinstances/unfreeze                     ae
      virtualmachineinstances/reset                        ae
      virtualmachineinstances/softreboot                   ae
      virtualmachineinstances/guestosinfo                  aev
      virtualmachineinstances/userlist                     aev
      virtualmachineinstances/filesystemlist               aev
      virtualmachineinstances/objectgraph                  aev
      virtualmachineinstances/evacuate/cancel              -
      virtualmachineinstances/backup                       -
      virtualmachineinstances/redefine-checkpoint          -
      virtualmachineinstances/addvolume                    ae
      virtualmachineinstances/removevolume                 ae
      virtualmachineinstances/sev/fetchcertchain           ae
      virtualmachineinstances/sev/querylaunchmeasurement   ae
      virtualmachineinstances/sev/setupsession             ae
      virtualmachineinstances/sev/injectlaunchsecret       ae
      expand-vm-spec                                       aev
      """;

  /** Kinds, and for each verb those who may. */
  private static final String KINDS =
      """
      virtualmachines                    get=aev list=aev watch=aev create=ae update=ae patch=ae delete=ae deletecollection=a
      virtualmachineinstances            get=aev list=aev watch=aev create=ae update=ae patch=ae delete=ae deletecollection=a
      virtualmachineinstancereplicasets  get=aev list=aev watch=aev create=ae update=ae patch=ae delete=ae deletecollection=a
      virtualmachineinstancepresets      get=aev list=aev watch=aev create=ae update=ae patch=ae delete=ae deletecollection=a
      virtualmachineinstancemigrations   get=aevm list=aevm watch=aevm create=m update=- patch=- delete=m deletecollection=-
      virtualmachines/status             get=- update=- patch=-
      kubevirts                          get=aevmd list=aevmd create=- update=- patch=- delete=-
      """;

  private static KubernetesClient client;
  private static String namespace;

  @BeforeAll
  static void grantRoles() throws IOException {
    ApiServer server = ApiServer.shared();
    client = server.client();
    namespace = server.createNamespace();
    try (InputStream roles = Files.newInputStream(ROLES)) {
      client.load(roles).serverSideApply();
    }
    ROLES_BY_LETTER.values().forEach(RolesIT::grant);
  }

  @AfterAll
  static void close() {
    if (client != null) {
      client.close();
    }
  }

  /** Makes a user of the role's name and gives them the role in the namespace. */
  private static void grant(String role) {
    client
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName(role)
                .withNamespace(namespace)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "kubevirt.io:" + role)
                .addNewSubject("rbac.authorization.k8s.io", "User", role, null)
                .build())
        .create();
  }

  @Test
  void everySubresourceIsForThoseWhoNeedIt() {
    Map<String, String> expected = new HashMap<>();
    SUBRESOURCES
        .lines()
        .map(line -> line.split(" +"))
        .forEach(words -> expected.put(words[0], words[1]));
    assertThat(expected.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Subresource.values()).map(Subresource::wireName).toList());

    for (Subresource subresource : Subresource.values()) {
      String name = subresource.wireName();
      String verb = reads(subresource) ? "get" : "update";
      assertThat(allowed(SubresourcePath.GROUP, name, verb))
          .as("%s %s", verb, name)
          .isEqualTo(expected.get(name));
      assertThat(allowed(SubresourcePath.GROUP, name, reads(subresource) ? "update" : "get"))
          .as("%s by the other verb", name)
          .isEqualTo("-");
    }
  }

  private static boolean reads(Subresource subresource) {
    return switch (subresource) {
      case SEV_CERTIFICATES, SEV_MEASUREMENT -> true;
      default ->
          subresource.shape() == Subresource.Shape.READ
              || subresource.shape() == Subresource.Shape.STREAM;
    };
  }

  @Test
  void everyKindIsForThoseWhoNeedIt() {
    for (String line : KINDS.lines().toList()) {
      List<String> words = List.of(line.split(" +"));
      for (String word : words.subList(1, words.size())) {
        String[] verb = word.split("=", 2);
        assertThat(allowed(GROUP, words.getFirst(), verb[0]))
            .as("%s %s", verb[0], words.getFirst())
            .isEqualTo(verb[1]);
      }
    }
  }

  @Test
  void whatNobodyKnowsIsForNobody() {
    assertThat(allowed(SubresourcePath.GROUP, "virtualmachineinstances/console/x", "get"))
        .isEqualTo("-");
    assertThat(allowed(SubresourcePath.GROUP, "virtualmachineinstances/sev", "get")).isEqualTo("-");
    assertThat(allowed("", "secrets", "get")).isEqualTo("-");
  }

  /** The letters of those who may, in the order of the tables; a dash when nobody may. */
  private static String allowed(String group, String resource, String verb) {
    String letters =
        Stream.of("a", "e", "v", "m", "d")
            .filter(
                letter ->
                    isAllowed(
                        ROLES_BY_LETTER.getOrDefault(letter, "somebody"), group, resource, verb))
            .collect(Collectors.joining());
    return letters.isEmpty() ? "-" : letters;
  }

  private static boolean isAllowed(String user, String group, String resource, String verb) {
    String[] parts = resource.split("/", 2);
    var asked =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser(user)
            .withGroups("system:authenticated")
            .withResourceAttributes(
                new ResourceAttributesBuilder()
                    .withGroup(group)
                    .withResource(parts[0])
                    .withSubresource(parts.length > 1 ? parts[1] : "")
                    .withName("any")
                    .withNamespace(namespace)
                    .withVerb(verb)
                    .build())
            .endSpec()
            .build();
    return client.authorization().v1().subjectAccessReview().create(asked).getStatus().getAllowed();
  }
}
