package dev.barevirt.e2e;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * The cluster that {@code KUBE_CLUSTER} names, for a class of tests: a namespace of its own, which
 * goes with it, the image {@link #TOOLS} on every node, and after a failure a folder with what is
 * known. Register it as a static extension.
 */
final class Cluster implements BeforeAllCallback, AfterAllCallback, TestExecutionExceptionHandler {
  /** An image with /busybox and /bash and nothing else. */
  static final String TOOLS = "localhost/e2e/tools:1";

  /** The folder of this module; the working folder of its tests. */
  private static final Path MODULE = Path.of("").toAbsolutePath();

  static final Path CLUSTER_UP = Objects.requireNonNull(MODULE.getParent());
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final KubernetesClient client;
  private String namespace = "";

  Cluster() {
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(Path.of(cli("kubeconfig")).toFile()))
            .build();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    String name = context.getRequiredTestClass().getSimpleName().toLowerCase(Locale.ROOT);
    namespace = "%s-%06x".formatted(name, ThreadLocalRandom.current().nextInt(1 << 24));
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    Path archive = MODULE.resolve("target/tools.tar");
    Command.of(MODULE.resolve("scripts/tools-archive").toString(), archive.toString()).output();
    cli("load-image", archive.toString());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    client.namespaces().withName(namespace).delete();
    client.close();
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    Path folder =
        MODULE.resolve(
            "target/failures/%s.%s"
                .formatted(
                    context.getRequiredTestClass().getSimpleName(),
                    context.getRequiredTestMethod().getName()));
    Command.Outcome collected =
        Command.of(CLUSTER_UP.resolve("cli.sh").toString(), "collect", folder.toString()).run();
    failure.addSuppressed(new AssertionError("what the cluster knows: " + collected.output()));
    throw failure;
  }

  KubernetesClient client() {
    return client;
  }

  String namespace() {
    return namespace;
  }

  /** Runs {@code kubectl.sh} in the namespace and answers what it said. */
  String kubectl(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--namespace", namespace));
    all.addAll(List.of(arguments));
    return Command.of(CLUSTER_UP.resolve("kubectl.sh").toString(), all.toArray(String[]::new))
        .output();
  }

  /** Runs {@code cli.sh} and answers what it said. */
  static String cli(String... arguments) {
    return Command.of(CLUSTER_UP.resolve("cli.sh").toString(), arguments).output();
  }

  /** Runs a command in a pod. */
  String exec(String pod, String... command) {
    List<String> all = new ArrayList<>(List.of("exec", pod, "--"));
    all.addAll(List.of(command));
    return kubectl(all.toArray(String[]::new));
  }

  /** Applies the documents of a manifest in the namespace. */
  List<HasMetadata> apply(String manifest) {
    return client
        .load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
        .inNamespace(namespace)
        .serverSideApply();
  }

  /** An instance of the namespace. */
  Resource<GenericKubernetesResource> instance(String name) {
    return object("VirtualMachineInstance", name);
  }

  /** An object of the namespace, of one of our kinds. */
  Resource<GenericKubernetesResource> object(String kind, String name) {
    return client
        .genericKubernetesResources("kubevirt.io/v1", kind)
        .inNamespace(namespace)
        .withName(name);
  }

  Pod awaitReady(String pod) {
    return await(
        client.pods().inNamespace(namespace).withName(pod),
        "pod " + pod + " is ready",
        Readiness::isPodReady);
  }

  /** Waits until an object is as it should be; fails, with the object, at a generous deadline. */
  <T extends HasMetadata> T await(Resource<T> resource, String what, Predicate<T> condition) {
    return await(resource, what, condition, PATIENCE);
  }

  <T extends HasMetadata> T await(
      Resource<T> resource, String what, Predicate<T> condition, Duration deadline) {
    try {
      return resource.waitUntilCondition(
          object -> object != null && condition.test(object),
          deadline.toMillis(),
          TimeUnit.MILLISECONDS);
    } catch (RuntimeException e) {
      throw new AssertionError(
          "within %s it did not happen that %s; it is %s".formatted(deadline, what, resource.get()),
          e);
    }
  }

  /** Asks again and again until it is so; fails, naming what was waited for, at the deadline. */
  static void eventually(String what, Callable<Boolean> condition) {
    Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).until(condition);
  }
}
