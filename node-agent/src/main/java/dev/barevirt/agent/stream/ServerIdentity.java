package dev.barevirt.agent.stream;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who the agent is to the API, and whom it believes: the files of a mounted secret and of a mounted
 * bundle, at one moment.
 */
record ServerIdentity(String key, String certificate, String authorities) {
  private static final int LARGEST = 1 << 20;

  static ServerIdentity read(Path server, Path authorities) throws IOException {
    return new ServerIdentity(
        text(server.resolve("tls.key")), text(server.resolve("tls.crt")), text(authorities));
  }

  private static String text(Path file) throws IOException {
    try (InputStream from = Files.newInputStream(file)) {
      return new String(from.readNBytes(LARGEST), StandardCharsets.US_ASCII);
    }
  }

  ServerSSLOptions options() {
    return new ServerSSLOptions()
        .setClientAuth(ClientAuth.REQUIRED)
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .addKeyValue(Buffer.buffer(key))
                .addCertValue(Buffer.buffer(certificate)))
        .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authorities)));
  }

  /** Keys are told to nobody. */
  @Override
  public String toString() {
    return "ServerIdentity";
  }
}
