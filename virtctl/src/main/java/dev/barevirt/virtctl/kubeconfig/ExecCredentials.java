package dev.barevirt.virtctl.kubeconfig;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.json.Tree;
import dev.barevirt.virtctl.kubeconfig.Kubeconfig.Entry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks a credential plugin, as the protocol client.authentication.k8s.io has it. */
final class ExecCredentials {
  private final Map<String, String> environment;
  private final Path directory;

  /** What a plugin answers; each may be empty. */
  record Credential(String token, String certificate, String key) {
    @Override
    public String toString() {
      return "Credential[...]"; // holds secrets
    }
  }

  ExecCredentials(Map<String, String> environment, Path directory) {
    this.environment = environment;
    this.directory = directory;
  }

  Credential ask(Entry user, Entry cluster, URI server) {
    Fields exec = user.fields().at("exec");
    String command = exec.text("command");
    // A command with a slash is a path beside the kubeconfig; one without is found in PATH.
    Path program = command.contains("/") ? user.folder().resolve(command) : Path.of(command);
    List<String> words = new ArrayList<>(List.of(program.toString()));
    words.addAll(exec.texts("args"));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.directory(directory.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
    if (!exec.text("interactiveMode").equals("Never")) {
      builder.redirectInput(ProcessBuilder.Redirect.INHERIT);
    }
    builder.environment().clear();
    builder.environment().putAll(environment);
    exec.list("env")
        .forEach(each -> builder.environment().put(each.text("name"), each.text("value")));
    builder.environment().put("KUBERNETES_EXEC_INFO", info(exec, cluster, server));
    return credential(command, run(builder, command, exec.text("installHint")));
  }

  private static String info(Fields exec, Entry cluster, URI server) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("interactive", !exec.text("interactiveMode").equals("Never"));
    if (exec.truth("provideClusterInfo")) {
      Map<String, Object> about = new LinkedHashMap<>();
      about.put("server", server.toString());
      about.put("certificate-authority-data", cluster.fields().text("certificate-authority-data"));
      spec.put("cluster", about);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("apiVersion", exec.text("apiVersion"));
    document.put("kind", "ExecCredential");
    document.put("spec", spec);
    return RecordWriter.toJson(document);
  }

  private static String run(ProcessBuilder builder, String command, String hint) {
    try {
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new KubeconfigException(
            "getting credentials: exec: executable %s failed with exit code %d"
                .formatted(command, status));
      }
      return said;
    } catch (IOException e) {
      String advice = hint.isEmpty() ? "" : "\n\n" + hint.strip();
      throw new KubeconfigException(
          "getting credentials: exec: executable %s cannot be run: %s%s"
              .formatted(command, e.getMessage(), advice),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubeconfigException("getting credentials was interrupted", e);
    }
  }

  private static Credential credential(String command, String said) {
    Reading<Tree> read = RecordReader.LENIENT.readTree(said);
    if (!(read instanceof Reading.Accepted<Tree>(Tree tree))) {
      throw new KubeconfigException(
          "getting credentials: exec: what %s printed is not JSON".formatted(command));
    }
    Fields status = new Fields(tree).at("status");
    Credential credential =
        new Credential(
            status.text("token"),
            status.text("clientCertificateData"),
            status.text("clientKeyData"));
    if (credential.token().isEmpty() && credential.certificate().isEmpty()) {
      throw new KubeconfigException(
          "getting credentials: exec: %s printed neither a token nor a client certificate"
              .formatted(command));
    }
    return credential;
  }
}
