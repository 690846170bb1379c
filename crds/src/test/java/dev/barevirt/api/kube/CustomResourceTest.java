package dev.barevirt.api.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CustomResourceTest {
  private static final String VMI =
      """
      {"apiVersion":"kubevirt.io/v1","kind":"VirtualMachineInstance",\
      "metadata":{"creationTimestamp":"2026-11-22T14:15:58Z","labels":{"a":"b"},\
      "name":"sample","namespace":"default"},\
      "spec":{"domain":{"memory":{"guest":"128Mi"},\
      "devices":{"interfaces":[{"name":"default","masquerade":{}}]}},\
      "networks":[{"name":"default","multus":{"networkName":"x","default":true}}]},\
      "status":{"phase":"Running","runtimeUser":107,"VSOCKCID":3,\
      "phaseTransitionTimestamps":[{"phase":"Pending",\
      "phaseTransitionTimestamp":"2026-11-22T14:15:58Z"}]}}\
      """;

  private final KubernetesSerialization client = new KubernetesSerialization();

  @Test
  void aClientReadsAndWritesRecords() {
    VirtualMachineInstanceResource vmi =
        client.unmarshal(VMI, VirtualMachineInstanceResource.class);

    assertThat(vmi.getMetadata().getName()).isEqualTo("sample");
    assertThat(vmi.getSpec().networks().getFirst().name()).isEqualTo("default");
    assertThat(Objects.requireNonNull(vmi.getStatus()).vsockCid()).isEqualTo(3);
    assertThat(RecordReader.STRICT.read(VirtualMachineInstance.class, client.asJson(vmi)).orThrow())
        .isEqualTo(RecordReader.STRICT.read(VirtualMachineInstance.class, VMI).orThrow());
    assertThat(client.asJson(client.clone(vmi))).isEqualTo(client.asJson(vmi));
  }

  @Test
  void aFreshResourceHasAnEmptySpecificationAndNoStatus() {
    VirtualMachineInstanceResource vmi = new VirtualMachineInstanceResource();

    assertThat(vmi.getSpec()).isEqualTo(VirtualMachineInstanceSpec.EMPTY);
    assertThat(vmi.getStatus()).isNull();
    assertThat(client.asJson(vmi)).doesNotContain("status", "null");
  }

  @Test
  void aNewerServersFieldsDoNotStopAClient() {
    VirtualMachineResource vm =
        client.unmarshal(
            "{\"spec\":{\"runStrategy\":\"Always\",\"newer\":1},\"status\":{\"newer\":{}}}",
            VirtualMachineResource.class);

    assertThat(vm.getSpec().runStrategy()).isEqualTo("Always");
    assertThatThrownBy(
            () ->
                client.unmarshal("{\"spec\":{\"running\":\"yes\"}}", VirtualMachineResource.class))
        .hasStackTraceContaining("running: must be true or false, not the text \"yes\"");
  }

  @Test
  void anInstallationsConfigurationIsRead() {
    KubeVirtResource kubeVirt =
        client.unmarshal(
            "{\"spec\":{\"configuration\":{\"developerConfiguration\":{\"useEmulation\":true}}},"
                + "\"status\":{\"phase\":\"Deployed\"}}",
            KubeVirtResource.class);

    assertThat(
            Objects.requireNonNull(
                    Objects.requireNonNull(kubeVirt.getSpec().configuration())
                        .developerConfiguration())
                .useEmulation())
        .isTrue();
    assertThat(Objects.requireNonNull(kubeVirt.getStatus()).phase()).isEqualTo("Deployed");
  }

  @Test
  void aPresetHasNoStatus() {
    String json =
        client.asJson(
            client.unmarshal(
                "{\"spec\":{\"selector\":{\"matchLabels\":{\"a\":\"b\"}}}}",
                VirtualMachineInstancePresetResource.class));

    assertThat(json)
        .contains("\"spec\":{\"selector\":{\"matchLabels\":{\"a\":\"b\"}}}")
        .doesNotContain("status");
  }

  @Test
  void theKindsHaveTheirNames() {
    assertThat(CustomResource.getCRDName(VirtualMachineResource.class))
        .isEqualTo("virtualmachines.kubevirt.io");
    assertThat(CustomResource.getCRDName(VirtualMachineInstanceResource.class))
        .isEqualTo("virtualmachineinstances.kubevirt.io");
    assertThat(new VirtualMachineInstanceResource().getScope()).isEqualTo("Namespaced");
  }
}
