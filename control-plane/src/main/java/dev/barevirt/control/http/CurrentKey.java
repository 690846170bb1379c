package dev.barevirt.control.http;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows the identity that is current when a connection begins, so that one that was renewed is used
 * at once. A handshake asks for the certificate and then for the key by the same alias: the alias
 * names the certificate, and the one before the current is kept.
 */
final class CurrentKey extends X509ExtendedKeyManager {
  private final Supplier<TlsIdentity> source;
  private volatile TlsIdentity current;
  private volatile TlsIdentity former;

  CurrentKey(Supplier<TlsIdentity> source) {
    this.source = source;
    this.current = source.get();
    this.former = current;
  }

  @Override
  public String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return renewed();
  }

  @Override
  public String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return renewed();
  }

  @Override
  public String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return renewed();
  }

  @Override
  public String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return renewed();
  }

  private synchronized String renewed() {
    TlsIdentity now = source.get();
    if (!now.equals(current)) {
      former = current;
      current = now;
    }
    return alias(now);
  }

  private static String alias(TlsIdentity identity) {
    return identity.chain().getFirst().getSerialNumber().toString(16);
  }

  private TlsIdentity named(String alias) {
    return alias.equals(alias(current)) ? current : former;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return named(alias).chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return named(alias).key();
  }

  @Override
  public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {alias(current)};
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {alias(current)};
  }
}
