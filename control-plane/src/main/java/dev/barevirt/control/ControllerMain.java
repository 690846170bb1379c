package dev.barevirt.control;

import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The role of the controllers: reads the environment, starts them and answers the kubelet. */
final class ControllerMain {
  private static final Logger LOG = LoggerFactory.getLogger(ControllerMain.class);
  private static final int PROBE_PORT = 8080;
  private static final int LOST = 1;

  private ControllerMain() {}

  static void run() throws IOException {
    Controllers.Identity who =
        new Controllers.Identity(
            variable("POD_NAMESPACE", "kubevirt"),
            variable("POD_NAME", "virt-controller"),
            variable("LAUNCHER_IMAGE", "localhost/barevirt/launcher:dev"),
            // At once: what runs on while another leads would write against it.
            () -> Runtime.getRuntime().halt(LOST));
    AtomicBoolean started = new AtomicBoolean();
    Controllers controllers =
        new Controllers(new KubernetesClientBuilder().build(), who, Clock.systemUTC());
    // Not closed: it lives as long as the process.
    ProbeServer.start(
        PROBE_PORT,
        () -> !started.get() || controllers.isHealthy(),
        () -> started.get() && controllers.isHealthy());
    Runtime.getRuntime().addShutdownHook(new Thread(controllers::close, "shutdown"));
    controllers.start();
    started.set(true);
    LOG.atInfo()
        .addKeyValue("namespace", who.namespace())
        .addKeyValue("launcherImage", who.launcherImage())
        .log("controllers started");
  }

  private static String variable(String name, String otherwise) {
    return Optional.ofNullable(System.getenv(name))
        .filter(text -> !text.isEmpty())
        .orElse(otherwise);
  }
}
