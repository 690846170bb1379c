package dev.barevirt.control.cluster;

import dev.barevirt.control.kube.FieldWriter;
import dev.barevirt.control.kube.PatchOperation;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the installation's certificates in secrets, and those that are believed in a config map.
 */
final class CertificateKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateKeeper.class);
  private static final String AUTHORITY = "kubevirt-ca";
  private static final String BUNDLE = "ca-bundle";

  private final KubernetesClient client;
  private final FieldWriter writer;
  private final String namespace;
  private final List<CertificateRole> roles;

  CertificateKeeper(KubernetesClient client, FieldWriter writer, String namespace) {
    this.client = client;
    this.writer = writer;
    this.namespace = namespace;
    this.roles = CertificateRole.in(namespace);
  }

  /**
   * Makes and renews what is due.
   *
   * @return the authorities that are believed, as text
   */
  String keep(CertificatePlan.Lifetimes lifetimes, Instant now) throws InterruptedException {
    ConfigMap map = client.configMaps().inNamespace(namespace).withName(AUTHORITY).get();
    Secret authority = secret(AUTHORITY);
    Map<CertificateRole, Secret> secrets = new LinkedHashMap<>();
    Map<CertificateRole, KeyedCertificate> certificates = new LinkedHashMap<>();
    for (CertificateRole role : roles) {
      Secret secret = secret(role.secret());
      if (secret != null) {
        secrets.put(role, secret);
        KeyedCertificate.in(secret.getData()).ifPresent(pair -> certificates.put(role, pair));
      }
    }
    Optional<KeyedCertificate> pair =
        authority == null ? Optional.empty() : KeyedCertificate.in(authority.getData());
    CertificatePlan plan =
        CertificatePlan.of(
            new CertificatePlan.Found(pair, believed(map), certificates), roles, lifetimes, now);

    // Whoever is interrupted here goes on from what is written: an authority before those who
    // believe it, and those before what it has issued.
    write(
        AUTHORITY,
        authority,
        new KeyedCertificate(plan.authority().key(), plan.authority().certificate()));
    String bundle = KeyedCertificate.pem(plan.bundle());
    write(map, bundle);
    for (CertificateRole role : roles) {
      KeyedCertificate wanted = plan.certificates().get(role);
      if (wanted != null) {
        write(role.secret(), secrets.get(role), wanted);
      }
    }
    return bundle;
  }

  private @Nullable Secret secret(String name) {
    return client.secrets().inNamespace(namespace).withName(name).get();
  }

  private static List<X509Certificate> believed(@Nullable ConfigMap map) {
    if (map == null || map.getData() == null || map.getData().get(BUNDLE) == null) {
      return List.of();
    }
    try {
      return KeyedCertificate.certificates(map.getData().get(BUNDLE));
    } catch (GeneralSecurityException e) {
      // Damaged: it is written anew.
      return List.of();
    }
  }

  private void write(String name, @Nullable Secret there, KeyedCertificate wanted)
      throws InterruptedException {
    Map<String, String> data = wanted.data();
    if (there == null) {
      writer.create(
          new SecretBuilder()
              .withNewMetadata()
              .withName(name)
              .withNamespace(namespace)
              .endMetadata()
              .withType("kubernetes.io/tls")
              .withData(data)
              .build());
    } else if (!data.equals(there.getData())) {
      writer.patch(there, List.of(new PatchOperation.Set("/data", data)));
    } else {
      return;
    }
    LOG.atInfo()
        .addKeyValue("secret", name)
        .addKeyValue("until", wanted.certificate().getNotAfter().toInstant())
        .log("certificate renewed");
  }

  private void write(@Nullable ConfigMap there, String bundle) throws InterruptedException {
    Map<String, String> data = Map.of(BUNDLE, bundle);
    if (there == null) {
      writer.create(
          new ConfigMapBuilder()
              .withNewMetadata()
              .withName(AUTHORITY)
              .withNamespace(namespace)
              .endMetadata()
              .withData(data)
              .build());
    } else if (!data.equals(there.getData())) {
      writer.patch(there, List.of(new PatchOperation.Set("/data", data)));
    }
  }
}
