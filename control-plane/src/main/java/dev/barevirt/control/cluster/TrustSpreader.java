package dev.barevirt.control.cluster;

import dev.barevirt.control.kube.FieldWriter;
import dev.barevirt.control.kube.PatchOperation;
import io.fabric8.kubernetes.api.model.APIService;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;

/** Tells the API server whom to believe when it calls our webhooks and our API. */
final class TrustSpreader {
  private static final List<String> MUTATING = List.of("virt-api-mutator");
  private static final List<String> VALIDATING = List.of("virt-api-validator");
  private static final String API_GROUP = "subresources.kubevirt.io";

  private final KubernetesClient client;
  private final FieldWriter writer;

  TrustSpreader(KubernetesClient client, FieldWriter writer) {
    this.client = client;
    this.writer = writer;
  }

  /** Writes the authorities where they are missing or others. */
  void spread(String bundle) throws InterruptedException {
    String encoded = KeyedCertificate.base64(bundle);
    for (String name : MUTATING) {
      MutatingWebhookConfiguration there =
          client.admissionRegistration().v1().mutatingWebhookConfigurations().withName(name).get();
      if (there != null) {
        write(
            there,
            there.getWebhooks().stream().map(webhook -> webhook.getClientConfig()).toList(),
            encoded);
      }
    }
    for (String name : VALIDATING) {
      ValidatingWebhookConfiguration there =
          client
              .admissionRegistration()
              .v1()
              .validatingWebhookConfigurations()
              .withName(name)
              .get();
      if (there != null) {
        write(
            there,
            there.getWebhooks().stream().map(webhook -> webhook.getClientConfig()).toList(),
            encoded);
      }
    }
    for (APIService service : client.apiServices().list().getItems()) {
      if (API_GROUP.equals(service.getSpec().getGroup())
          && service.getSpec().getService() != null
          && !encoded.equals(service.getSpec().getCaBundle())) {
        writer.patch(service, List.of(new PatchOperation.Set("/spec/caBundle", encoded)));
      }
    }
  }

  private void write(HasMetadata of, List<WebhookClientConfig> webhooks, String encoded)
      throws InterruptedException {
    List<PatchOperation> operations = new ArrayList<>();
    for (int index = 0; index < webhooks.size(); index++) {
      if (!encoded.equals(webhooks.get(index).getCaBundle())) {
        operations.add(
            new PatchOperation.Set("/webhooks/" + index + "/clientConfig/caBundle", encoded));
      }
    }
    if (!operations.isEmpty()) {
      writer.patch(of, operations);
    }
  }
}
