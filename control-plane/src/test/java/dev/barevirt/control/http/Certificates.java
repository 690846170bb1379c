package dev.barevirt.control.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** An authority for tests and what it signs, made by {@code keytool}. */
public final class Certificates {
  private static final char[] PASSWORD = "secret".toCharArray();

  private final Path store;
  private final String names;
  private int made;

  /**
   * A fresh authority.
   *
   * @param names where servers are reached besides this host, such as {@code ip:10.0.0.1}
   */
  public Certificates(Path directory, String... names) {
    List<String> all = new ArrayList<>(List.of("dns:localhost", "ip:127.0.0.1"));
    all.addAll(Arrays.asList(names));
    this.names = "san=" + String.join(",", all);
    this.store = directory.resolve("store.p12");
    keytool("-alias", "ca", "-dname", "CN=authority", "-ext", "bc:c");
  }

  /** The authority of all tests of this JVM that need none of their own. */
  public static Certificates shared() {
    return Shared.CERTIFICATES;
  }

  private static final class Shared {
    private static final Certificates CERTIFICATES = new Certificates(directory());

    private static Path directory() {
      try {
        Path directory = Files.createTempDirectory("certificates");
        directory.toFile().deleteOnExit();
        directory.resolve("store.p12").toFile().deleteOnExit();
        return directory;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The authority's certificate. */
  public X509Certificate authority() {
    return chain("ca").getLast();
  }

  /** A certificate for a name, for both ends of a connection. */
  public TlsIdentity identity(String name) {
    return identity(name, "eku=serverAuth,clientAuth");
  }

  /** A certificate for a name and certain uses. */
  public TlsIdentity identity(String name, String usage, String... more) {
    String alias = "k" + made++;
    List<String> arguments = new ArrayList<>(List.of("-alias", alias, "-dname", "CN=" + name));
    arguments.addAll(List.of("-signer", "ca", "-ext", usage));
    arguments.addAll(List.of("-ext", names));
    arguments.addAll(Arrays.asList(more));
    keytool(arguments.toArray(String[]::new));
    try {
      return new TlsIdentity((PrivateKey) open().getKey(alias, PASSWORD), chain(alias));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("reading a key that keytool made", e);
    }
  }

  /** Certificates as a PEM text. */
  public static String pem(List<X509Certificate> certificates) {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : certificates) {
      try {
        text.append(pem("CERTIFICATE", certificate.getEncoded()));
      } catch (GeneralSecurityException e) {
        throw new AssertionError("encoding a certificate", e);
      }
    }
    return text.toString();
  }

  /** A private key as a PEM text. */
  public static String pem(PrivateKey key) {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  private static String pem(String label, byte[] bytes) {
    byte[] newline = {'\n'};
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getMimeEncoder(64, newline).encodeToString(bytes), label);
  }

  /** What a client shows and whom it trusts; none is shown when the list is empty. */
  public SSLContext client(List<TlsIdentity> shown) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          shown.stream().map(one -> new CurrentKey(() -> one)).toArray(KeyManager[]::new),
          new TrustManager[] {
            new ServerTrust(List.of(authority()), Set.of("server", "renewed server"))
          },
          new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("making a client", e);
    }
  }

  private List<X509Certificate> chain(String alias) {
    try {
      Certificate[] chain = open().getCertificateChain(alias);
      return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("reading a certificate that keytool made", e);
    }
  }

  private KeyStore open() {
    try (var stream = Files.newInputStream(store)) {
      KeyStore opened = KeyStore.getInstance("PKCS12");
      opened.load(stream, PASSWORD);
      return opened;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError("opening what keytool made", e);
    }
  }

  private void keytool(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", new String(PASSWORD)));
    command.addAll(Arrays.asList(arguments));
    if (!command.contains("-validity")) {
      command.addAll(List.of("-validity", "2"));
    }
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(said);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("running keytool", e);
    }
  }
}
