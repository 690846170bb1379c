package dev.barevirt.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An authority and what it signed, as files. */
final class Certificates {
  private final Path directory;

  Certificates(Path directory) throws Exception {
    this.directory = directory;
    openssl(
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "1",
        "-subj",
        "/CN=authority",
        "-keyout",
        file("ca.key"),
        "-out",
        file("ca-bundle"));
  }

  Path bundle() {
    return directory.resolve("ca-bundle");
  }

  /** A directory with tls.key and tls.crt, as a secret is mounted. */
  Path issue(String name, String subject) throws Exception {
    Path into = Files.createDirectories(directory.resolve(name));
    Path key = into.resolve("tls.key");
    Path request = directory.resolve(name + ".csr");
    Path extensions =
        Files.writeString(
            directory.resolve(name + ".ext"), "subjectAltName=IP:127.0.0.1,DNS:localhost\n");
    openssl(
        "req",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-subj",
        subject,
        "-keyout",
        key.toString(),
        "-out",
        request.toString());
    openssl(
        "x509",
        "-req",
        "-days",
        "1",
        "-in",
        request.toString(),
        "-CA",
        file("ca-bundle"),
        "-CAkey",
        file("ca.key"),
        "-CAcreateserial",
        "-extfile",
        extensions.toString(),
        "-out",
        into.resolve("tls.crt").toString());
    return into;
  }

  static PemKeyCertOptions identity(Path issued) {
    return new PemKeyCertOptions()
        .addKeyPath(issued.resolve("tls.key").toString())
        .addCertPath(issued.resolve("tls.crt").toString());
  }

  PemTrustOptions trust() {
    return new PemTrustOptions().addCertPath(bundle().toString());
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private static void openssl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.addFirst("openssl");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
