package dev.barevirt.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Machines by their run strategies, through what their guests and users do to them. */
class VmE2E {
  @RegisterExtension static final Cluster CLUSTER = new Cluster();

  private static final Duration BOOT = Duration.ofMinutes(3);

  /** Ends QEMU in the way a crash does; the launcher's image has a shell and no tools. */
  private static final String CRASH =
      """
      for process in /proc/[0-9]*; do
        read -r name <$process/comm
        case $name in qemu*) kill -9 ${process#/proc/} ;; esac
      done
      """;

  @Test
  void aHaltedMachineIsStartedRestartedAndStopped() {
    CLUSTER.apply(Micro.machine("halted", "Halted"));
    becomes("halted", "Stopped");
    assertThat(instance("halted").get()).isNull();

    ask("halted", "start");
    becomes("halted", "Running");
    String first = uid("halted");

    ask("halted", "restart");
    runsAs("halted", uid -> !uid.equals(first));

    ask("halted", "stop");
    Cluster.eventually("the instance is gone", () -> instance("halted").get() == null);
    becomes("halted", "Stopped");
    CLUSTER.kubectl("delete", "vm", "halted", "--timeout=60s");
  }

  @Test
  void anAlwaysMachineComesBackFromAShutdownInsideAndFromACrash() {
    CLUSTER.apply(Micro.machine("always", "Always"));
    becomes("always", "Running");
    String first = uid("always");

    switchOffInside("always");
    String second = runsAs("always", uid -> !uid.equals(first));

    crash("always");
    runsAs("always", uid -> !uid.equals(first) && !uid.equals(second));
    CLUSTER.kubectl("delete", "vm", "always", "--timeout=60s");
    assertThat(instance("always").get()).isNull();
  }

  @Test
  void aMachineRerunsOnFailureAndStaysOffAfterAShutdownInside() {
    CLUSTER.apply(Micro.machine("rerun", "RerunOnFailure"));
    becomes("rerun", "Running");
    String first = uid("rerun");

    crash("rerun");
    String second = runsAs("rerun", uid -> !uid.equals(first));

    switchOffInside("rerun");
    becomes("rerun", "Stopped");
    GenericKubernetesResource left = instance("rerun").get();
    assertThat(left == null || uidOf(left).equals(second)).isTrue();
    CLUSTER.kubectl("delete", "vm", "rerun", "--timeout=60s");
  }

  @Test
  void aMachineThatRunsOnceDoesNotComeBack() {
    CLUSTER.apply(Micro.machine("once", "Once"));
    becomes("once", "Running");
    String first = uid("once");

    crash("once");
    CLUSTER.await(
        instance("once"), "the instance has failed", it -> "Failed".equals(phase(it)), BOOT);
    assertThat(uid("once")).isEqualTo(first);
    CLUSTER.kubectl("delete", "vm", "once", "--timeout=60s");
  }

  @Test
  void aGuestIsPausedAndGoesOn() {
    CLUSTER.apply(Micro.machine("paused", "Always"));
    becomes("paused", "Running");

    askInstance("paused", "pause");
    becomes("paused", "Paused");
    askInstance("paused", "unpause");
    becomes("paused", "Running");
    try (Console console = Console.of(CLUSTER.client(), CLUSTER.namespace(), "paused")) {
      console.typeUntil("echo a$((6 * 7))b", "a42b");
    }
    CLUSTER.kubectl("delete", "vm", "paused", "--timeout=60s");
  }

  @Test
  void anAgentThatIsReplacedChangesNothing() {
    CLUSTER.apply(Micro.machine("steady", "Always"));
    becomes("steady", "Running");
    GenericKubernetesResource before = instance("steady").get();
    String node = before.get("status", "nodeName");

    CLUSTER
        .client()
        .pods()
        .inNamespace("kubevirt")
        .withLabel("kubevirt.io", "virt-handler")
        .withField("spec.nodeName", node)
        .delete();
    CLUSTER.kubectl(
        "-n", "kubevirt", "rollout", "status", "daemonset/virt-handler", "--timeout=120s");

    try (Console console = Console.of(CLUSTER.client(), CLUSTER.namespace(), "steady")) {
      console.typeUntil("echo a$((6 * 7))b", "a42b");
    }
    GenericKubernetesResource after = instance("steady").get();
    assertThat(uidOf(after)).isEqualTo(uidOf(before));
    List<Object> phases = before.get("status", "phaseTransitionTimestamps");
    assertThat(after.<List<Object>>get("status", "phaseTransitionTimestamps")).isEqualTo(phases);
    CLUSTER.kubectl("delete", "vm", "steady", "--timeout=60s");
  }

  @Test
  void aSetOfTwentyRunsAtOnceAndGoes() {
    CLUSTER.apply(Micro.replicas("twenty", 20));
    Resource<GenericKubernetesResource> set =
        CLUSTER.object("VirtualMachineInstanceReplicaSet", "twenty");
    CLUSTER.await(
        set,
        "twenty instances are ready",
        it -> Integer.valueOf(20).equals(it.get("status", "readyReplicas")),
        Duration.ofMinutes(8));

    CLUSTER.kubectl("delete", "vmirs", "twenty", "--timeout=180s");
    Cluster.eventually(
        "no pod is left",
        () -> CLUSTER.kubectl("get", "pods", "-l", "set=twenty", "-o", "name").isEmpty());
  }

  private static void becomes(String machine, String status) {
    CLUSTER.await(
        CLUSTER.object("VirtualMachine", machine),
        machine + " is " + status,
        it -> status.equals(it.get("status", "printableStatus")),
        BOOT);
  }

  /** Waits for a run that is another; answers which. */
  private static String runsAs(String machine, Predicate<String> another) {
    return uidOf(
        CLUSTER.await(
            instance(machine),
            machine + " runs anew",
            it -> another.test(uidOf(it)) && "Running".equals(phase(it)),
            BOOT));
  }

  private static void switchOffInside(String machine) {
    try (Console console = Console.of(CLUSTER.client(), CLUSTER.namespace(), machine)) {
      console.typeUntil("echo a$((6 * 7))b", "a42b");
      console.type("poweroff -f");
    }
  }

  private static void crash(String machine) {
    String pod =
        CLUSTER.kubectl(
            "get", "pods", "-l", "kubevirt.io/created-by=" + uid(machine), "-o", "name");
    Command.of(
            Cluster.CLUSTER_UP.resolve("kubectl.sh").toString(),
            "--namespace",
            CLUSTER.namespace(),
            "exec",
            pod.strip(),
            "--",
            "sh",
            "-c",
            CRASH)
        .run();
  }

  private static void ask(String machine, String verb) {
    put("virtualmachines", machine, verb);
  }

  private static void askInstance(String instance, String verb) {
    put("virtualmachineinstances", instance, verb);
  }

  private static void put(String plural, String name, String verb) {
    CLUSTER
        .client()
        .raw(
            "/apis/subresources.kubevirt.io/v1/namespaces/%s/%s/%s/%s"
                .formatted(CLUSTER.namespace(), plural, name, verb),
            "PUT",
            "{}");
  }

  private static String uid(String name) {
    return uidOf(instance(name).require());
  }

  private static String uidOf(GenericKubernetesResource object) {
    return object.getMetadata().getUid();
  }

  private static String phase(GenericKubernetesResource instance) {
    String phase = instance.get("status", "phase");
    return phase == null ? "" : phase;
  }

  private static Resource<GenericKubernetesResource> instance(String name) {
    return CLUSTER.instance(name);
  }
}
