package dev.barevirt.agent;

import dev.barevirt.agent.device.DevicePlugins;
import dev.barevirt.agent.launcher.GuestName;
import dev.barevirt.agent.launcher.PodIdentity;
import dev.barevirt.agent.launcher.ProcPodIdentity;
import dev.barevirt.agent.network.GuestDns;
import dev.barevirt.agent.network.LinuxPodNetworks;
import dev.barevirt.agent.network.PodProcesses;
import dev.barevirt.agent.node.Capabilities;
import dev.barevirt.agent.node.Heartbeat;
import dev.barevirt.agent.stream.AgentServer;
import dev.barevirt.agent.vmi.NodeVmiReconciler;
import dev.barevirt.qmp.wire.WireLoop;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the agent of this node and keeps it running until it is told to stop. */
public final class NodeAgentMain {
  private static final Logger LOG = LoggerFactory.getLogger(NodeAgentMain.class);
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private final AgentSettings settings;
  private final Deque<Runnable> started = new ArrayDeque<>();

  private NodeAgentMain(AgentSettings settings) {
    this.settings = settings;
  }

  public static void main(String[] arguments) {
    String node = System.getenv("NODE_NAME");
    String address = System.getenv("POD_IP");
    if (node == null || node.isEmpty() || address == null || address.isEmpty()) {
      LOG.error("NODE_NAME and POD_IP have to say which node this is and where the agent is");
      System.exit(USAGE);
      return;
    }
    NodeAgentMain agent = new NodeAgentMain(new AgentSettings(node, address));
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(agent::stop));
    try {
      agent.start();
    } catch (IOException | RuntimeException | Error e) {
      // Threads that are there already would keep an agent that does nothing.
      LOG.atError().setCause(e).log("the node agent could not start");
      Runtime.getRuntime().halt(FAILED);
    }
  }

  private void start() throws IOException {
    KubernetesClient client = new KubernetesClientBuilder().build();
    undo(client::close);
    WireLoop loop = WireLoop.start("launchers");
    undo(loop::close);
    Capabilities offered = Capabilities.read(AgentSettings.CAPABILITIES);
    PodIdentity processes = ProcPodIdentity.of(AgentSettings.PROCESSES);
    GuestDns dns = GuestDns.parse(Files.readAllLines(AgentSettings.RESOLVER));

    AtomicReference<NodeVmiReconciler> waiting = new AtomicReference<>();
    LauncherGuests guests =
        new LauncherGuests(
            pod -> Optional.ofNullable(waiting.get()).ifPresent(r -> r.launcherChanged(pod)));
    NodeVmiReconciler reconciler =
        new NodeVmiReconciler(
            settings.node(),
            client,
            guests,
            new LinuxPodNetworks(new PodProcesses(processes::podUidOf), dns),
            Clock.systemUTC());
    waiting.set(reconciler);

    Operator operator = operator(client, reconciler);
    operator.start();
    undo(operator::stop);
    var _ = Files.createDirectories(AgentSettings.LINK_DIRECTORY);
    guests.open(loop, AgentSettings.LINK_SOCKET, identity(processes, reconciler));
    undo(guests::close);

    AgentServer server =
        AgentServer.start(
            settings.address(),
            AgentSettings.API_PORT,
            reconciler::launcherOf,
            AgentSettings.SERVER_CERTIFICATE,
            AgentSettings.AUTHORITIES);
    undo(server::close);
    DevicePlugins plugins =
        DevicePlugins.ofNode(
            AgentSettings.KUBELET,
            AgentSettings.LINK_DIRECTORY,
            AgentSettings.DEVICES,
            offered.hasKvm());
    plugins.start();
    undo(plugins::close);
    Heartbeat heartbeat =
        new Heartbeat(settings.node(), client, offered, plugins::areRegistered, Clock.systemUTC());
    heartbeat.start();
    undo(heartbeat::close);
    LOG.atInfo().addKeyValue("node", settings.node()).log("the node agent is up");
  }

  private Operator operator(KubernetesClient client, NodeVmiReconciler reconciler) {
    Operator operator =
        new Operator(
            configuration ->
                configuration
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withExecutorService(Executors.newVirtualThreadPerTaskExecutor()));
    var _ =
        operator.register(
            reconciler,
            controller ->
                controller
                    .withLabelSelector(NodeVmiReconciler.selector(settings.node()))
                    .withTriggerReconcilerOnAllEvents(true));
    return operator;
  }

  /** Processes are known by the kernel, pods by the API server. */
  private static PodIdentity identity(PodIdentity processes, NodeVmiReconciler reconciler) {
    return new PodIdentity() {
      @Override
      public Optional<String> podUidOf(int pid) {
        return processes.podUidOf(pid);
      }

      @Override
      public Optional<GuestName> guestOf(String podUid) {
        return reconciler
            .instanceIn(podUid)
            .map(id -> new GuestName(id.getNamespace().orElse(""), id.getName()));
      }
    };
  }

  private void undo(Runnable how) {
    synchronized (started) {
      started.push(how);
    }
  }

  /** Ends what was started, the last first, so that the node stops taking instances at once. */
  private void stop() {
    synchronized (started) {
      started.forEach(NodeAgentMain::end);
      started.clear();
    }
  }

  private static void end(Runnable part) {
    try {
      part.run();
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("a part of the agent did not end well");
    }
  }
}
