package dev.barevirt.control.cluster;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Issues certificates: its own, and those it stands for. */
record CertificateAuthority(PrivateKey key, X509Certificate certificate) {
  private static final String SIGNATURE = "SHA256withECDSA";
  private static final int SERIAL_BITS = 120;

  /** Clocks of a cluster differ; a certificate that is not valid yet is a failed connection. */
  static final Duration SKEW = Duration.ofMinutes(5);

  /** From when to when a certificate is good. */
  record Validity(Instant from, Instant until) {}

  /** A new authority with a key of its own. */
  static CertificateAuthority create(Validity validity) {
    KeyPair pair = newKey();
    // Two authorities of one installation are good at a time when one takes over from the other.
    X500Principal name = new X500Principal("CN=kubevirt.io@" + validity.from().getEpochSecond());
    try {
      JcaX509v3CertificateBuilder builder = builder(name, name, pair, validity);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.digitalSignature));
      return new CertificateAuthority(pair.getPrivate(), signed(builder, pair.getPrivate()));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new CertificateException("making a certificate authority", e);
    }
  }

  /** A certificate for a role, with a key of its own. */
  KeyedCertificate issue(CertificateRole role, Validity validity) {
    KeyPair pair = newKey();
    X500Principal name = new X500Principal("CN=" + role.commonName());
    try {
      JcaX509v3CertificateBuilder builder =
          builder(certificate.getSubjectX500Principal(), name, pair, validity);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(
              switch (role.use()) {
                case SERVER -> KeyPurposeId.id_kp_serverAuth;
                case CLIENT -> KeyPurposeId.id_kp_clientAuth;
              }));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
      if (!role.dnsNames().isEmpty()) {
        builder.addExtension(Extension.subjectAlternativeName, false, names(role.dnsNames()));
      }
      return new KeyedCertificate(pair.getPrivate(), signed(builder, key));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new CertificateException("issuing a certificate for " + role.commonName(), e);
    }
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Principal issuer, X500Principal subject, KeyPair pair, Validity validity) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS),
        Date.from(validity.from().minus(SKEW)),
        Date.from(validity.until()),
        subject,
        pair.getPublic());
  }

  private static GeneralNames names(List<String> dnsNames) {
    return new GeneralNames(
        dnsNames.stream()
            .map(name -> new GeneralName(GeneralName.dNSName, name))
            .toArray(GeneralName[]::new));
  }

  private static X509Certificate signed(JcaX509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
  }

  private static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new CertificateException("making a key", e);
    }
  }
}
