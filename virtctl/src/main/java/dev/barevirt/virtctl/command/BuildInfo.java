package dev.barevirt.virtctl.command;

import dev.barevirt.api.KubeVirtRelease;
import dev.barevirt.virtctl.api.ApiClient;
import dev.barevirt.virtctl.api.ApiPath;
import dev.barevirt.virtctl.kubeconfig.Fields;
import java.util.Locale;

/** Which version something is, written as Go's clients write it. */
final class BuildInfo {
  private BuildInfo() {}

  /** Ours. */
  static String own() {
    return text(
        KubeVirtRelease.VERSION,
        "",
        "clean",
        "",
        "java" + Runtime.version().feature(),
        "javac",
        platform());
  }

  /** The server's. */
  static String of(Fields server) {
    return text(
        server.text("gitVersion"),
        server.text("gitCommit"),
        server.text("gitTreeState"),
        server.text("buildDate"),
        server.text("goVersion"),
        server.text("compiler"),
        server.text("platform"));
  }

  static Fields server(ApiClient api) throws InterruptedException {
    return api.get(ApiPath.SUBRESOURCES + "/version");
  }

  private static String text(
      String version,
      String commit,
      String tree,
      String date,
      String language,
      String compiler,
      String platform) {
    return ("version.Info{GitVersion:\"%s\", GitCommit:\"%s\", GitTreeState:\"%s\", BuildDate:\"%s\","
            + " GoVersion:\"%s\", Compiler:\"%s\", Platform:\"%s\"}")
        .formatted(version, commit, tree, date, language, compiler, platform);
  }

  private static String platform() {
    String arch = System.getProperty("os.arch", "");
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return (system.startsWith("mac") ? "darwin" : system)
        + "/"
        + (arch.equals("aarch64") ? "arm64" : arch);
  }
}
