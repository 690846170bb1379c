package dev.barevirt.agent.device;

import dev.barevirt.api.launcher.PodDirectory;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers this node's devices to the kubelet, and again after each restart of it: then its socket is
 * another one, and those of the plugins are gone.
 */
public final class DevicePlugins implements AutoCloseable {
  static final String KUBELET_SOCKET = "kubelet.sock";

  private static final Logger LOG = LoggerFactory.getLogger(DevicePlugins.class);
  private static final int AT_ONCE = 1000;
  private static final long LOOK_AGAIN_MILLIS = 500;

  private final Path directory;
  private final List<DevicePlugin> offered;
  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, Thread.ofPlatform().daemon().name("kubelet").factory(), EpollIoHandler.newFactory());
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("kubelet-watch").factory());
  private final List<PluginServer> servers = new ArrayList<>(); // the watch's own
  private Optional<Object> kubelet = Optional.empty(); // the watch's own
  private final AtomicBoolean registered = new AtomicBoolean();

  private DevicePlugins(Path directory, List<DevicePlugin> offered) {
    this.directory = directory;
    this.offered = List.copyOf(offered);
  }

  /**
   * Offers what this node has.
   *
   * @param directory the kubelet's directory for plugins
   * @param linkDirectory the directory on the node with the agent's socket for launchers
   * @param devices the directory of device files
   * @param kvm whether KVM was seen to run a guest
   */
  public static DevicePlugins ofNode(
      Path directory, Path linkDirectory, Path devices, boolean kvm) {
    List<DevicePlugin> all = new ArrayList<>();
    all.add(
        DevicePlugin.of(
            "launcher-link",
            AT_ONCE,
            DeviceGrant.ofMount(PodDirectory.AGENT.path(), linkDirectory.toString())));
    if (kvm) {
      all.add(DevicePlugin.of("kvm", AT_ONCE, DeviceGrant.ofNode("/dev/kvm")));
    }
    ifThere(all, devices, "tun", "net/tun");
    ifThere(all, devices, "vhost-net", "vhost-net");
    ifThere(all, devices, "vhost-vsock", "vhost-vsock");
    return new DevicePlugins(directory, all);
  }

  private static void ifThere(List<DevicePlugin> all, Path devices, String name, String file) {
    if (Files.exists(devices.resolve(file))) {
      all.add(DevicePlugin.of(name, AT_ONCE, DeviceGrant.ofNode("/dev/" + file)));
    }
  }

  /** Begins; a kubelet that is not there yet is waited for. */
  public void start() {
    var _ = watch.scheduleWithFixedDelay(this::look, 0, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Whether the kubelet knows all plugins now. */
  public boolean areRegistered() {
    return registered.get();
  }

  private void look() {
    Optional<Object> now = identity();
    if (now.isEmpty() || (now.equals(kubelet) && allServed())) {
      return;
    }
    registered.set(false);
    stopAll();
    try {
      for (DevicePlugin plugin : offered) {
        servers.add(PluginServer.start(plugin, directory, loop));
      }
      kubelet = now;
      registered.set(true);
      LOG.atInfo()
          .addKeyValue("resources", offered.stream().map(DevicePlugin::resource).toList())
          .log("the kubelet knows this node's devices");
    } catch (IOException e) {
      stopAll();
      kubelet = Optional.empty();
      LOG.atWarn().setCause(e).log("the kubelet did not take this node's devices");
    }
  }

  /** Tells one run of the kubelet from the next. */
  private Optional<Object> identity() {
    try {
      BasicFileAttributes read =
          Files.readAttributes(directory.resolve(KUBELET_SOCKET), BasicFileAttributes.class);
      return Optional.of(List.of(read.fileKey(), read.creationTime(), read.lastModifiedTime()));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private boolean allServed() {
    return offered.stream().allMatch(plugin -> Files.exists(directory.resolve(plugin.endpoint())));
  }

  private void stopAll() {
    servers.forEach(PluginServer::close);
    servers.clear();
  }

  @Override
  public void close() {
    watch.close();
    stopAll();
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
