package dev.barevirt.control.cluster;

import java.util.List;

/**
 * What a certificate is for.
 *
 * @param secret the secret it is kept in
 * @param commonName who shows it
 * @param dnsNames the names it is asked for by
 * @param use which end of a connection shows it
 */
record CertificateRole(String secret, String commonName, List<String> dnsNames, Use use) {
  /** An end of a connection. */
  enum Use {
    /** The one that is dialled. */
    SERVER,
    /** The one that dials. */
    CLIENT
  }

  CertificateRole {
    dnsNames = List.copyOf(dnsNames);
  }

  /** The roles of an installation in a namespace. */
  static List<CertificateRole> in(String namespace) {
    String service = "virt-api." + namespace;
    return List.of(
        new CertificateRole(
            "kubevirt-virt-api-certs",
            "virt-api." + namespace + ".pod.cluster.local",
            List.of("virt-api", service, service + ".svc", service + ".svc.cluster.local"),
            Use.SERVER),
        new CertificateRole(
            "kubevirt-virt-api-handler-client-certs",
            "kubevirt.io:system:client:virt-handler",
            List.of(),
            Use.CLIENT),
        new CertificateRole(
            "kubevirt-virt-handler-server-certs",
            "kubevirt.io:system:node:virt-handler",
            List.of(),
            Use.SERVER));
  }
}
