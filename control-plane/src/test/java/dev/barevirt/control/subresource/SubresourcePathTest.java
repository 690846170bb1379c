package dev.barevirt.control.subresource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.control.subresource.SubresourcePath.InNamespace;
import dev.barevirt.control.subresource.SubresourcePath.Open;
import dev.barevirt.control.subresource.SubresourcePath.Unknown;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubresourcePathTest {
  private static final String BASE = "/apis/subresources.kubevirt.io/v1/namespaces/";

  @Test
  void namesAnObjectAndWhatIsAskedOfIt() {
    assertThat(SubresourcePath.of(BASE + "a/virtualmachineinstances/b.c/vnc/screenshot"))
        .isEqualTo(
            new InNamespace(
                "v1", "a", "virtualmachineinstances", "b.c", List.of("vnc", "screenshot")));
    assertThat(SubresourcePath.of(BASE.replace("v1", "v1alpha3") + "a/virtualmachines/%62/start"))
        .isEqualTo(new InNamespace("v1alpha3", "a", "virtualmachines", "b", List.of("start")));
  }

  @Test
  void rolesDoNotKnowPorts() {
    assertThat(SubresourcePath.of(BASE + "a/virtualmachines/b/portforward/22/tcp"))
        .isInstanceOfSatisfying(
            InNamespace.class, asked -> assertThat(asked.subresource()).isEqualTo("portforward"));
  }

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/apis, apis",
    "/healthz, healthz",
    "/openapi/v2, openapi/v2",
    "/apis/subresources.kubevirt.io, apis/subresources.kubevirt.io",
    "/apis/subresources.kubevirt.io/v1/, resources",
    "/apis/subresources.kubevirt.io/v1/version, version",
    "/openapi/v3/apis/subresources.kubevirt.io/v1alpha3, openapi/v3/apis"
  })
  void pagesAreOpen(String path, String page) {
    assertThat(SubresourcePath.of(path))
        .isInstanceOfSatisfying(Open.class, open -> assertThat(open.page()).isEqualTo(page));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "apis",
        "//apis",
        "/apis//",
        "/apis/other.io",
        "/apis/subresources.kubevirt.io/v2",
        "/apis/subresources.kubevirt.io/v1/%76ersion/x",
        "/apis/subresources.kubevirt.io/v1/namespaces/a/virtualmachines/b",
        "/apis/subresources.kubevirt.io/v1/namespaces/a/virtualmachines/b/../c/start",
        "/apis/subresources.kubevirt.io/v1/namespaces/a/virtualmachines/b%2Fc/start",
        "/apis/subresources.kubevirt.io/v1/namespaces/a/virtualmachines/%2e%2e/start",
        "/apis/subresources.kubevirt.io/v1/namespaces/a/virtualmachines/B/start",
        "/apis/subresources.kubevirt.io/v1/namespaces/a/virtualmachines/b//start",
        "/apis/subresources.kubevirt.io/v1/namespaces/a/virtualmachines/b/start%00",
        "/apis/subresources.kubevirt.io/v1/namespaces/a/virtualmachines/b/start%",
        "/apis/subresources.kubevirt.io/v1/namespaces/a/virtualmachines/b/start%zz",
        "/apis/subresources.kubevirt.io/v1/namespaces/a/virtualmachines/b/%c0%af",
        "/apis/subresources.kubevirt.io/v1/namespaces/a/virtualmachines/b\\c/start",
        "/apis/subresources.kubevirt.io/v1/namespaces/%252e/virtualmachines/b/start"
      })
  void everythingElseMeansNothing(String path) {
    assertThat(SubresourcePath.of(path)).isEqualTo(new Unknown());
  }
}
