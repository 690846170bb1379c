package dev.barevirt.agent.device;

import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.TimeUnit;

/** Serves one plugin on a socket beside the kubelet's, and makes it known there. */
final class PluginServer implements BindableService, AutoCloseable {
  private static final long PATIENCE_SECONDS = 5;

  private final DevicePlugin plugin;
  private final Path directory;
  private final EventLoopGroup loop;
  private final Server server;

  private PluginServer(DevicePlugin plugin, Path directory, EventLoopGroup loop)
      throws IOException {
    this.plugin = plugin;
    this.directory = directory;
    this.loop = loop;
    Path socket = directory.resolve(plugin.endpoint());
    var _ = Files.deleteIfExists(socket);
    this.server =
        NettyServerBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
            .channelType(EpollServerDomainSocketChannel.class)
            .bossEventLoopGroup(loop)
            .workerEventLoopGroup(loop)
            .directExecutor()
            .addService(this)
            .build()
            .start();
  }

  /** Serves a plugin and registers it. */
  static PluginServer start(DevicePlugin plugin, Path directory, EventLoopGroup loop)
      throws IOException {
    PluginServer started = new PluginServer(plugin, directory, loop);
    try {
      started.register();
      return started;
    } catch (io.grpc.StatusRuntimeException e) {
      started.close();
      throw new IOException("the kubelet did not take " + plugin.resource(), e);
    }
  }

  private void register() {
    Path kubelet = directory.resolve(DevicePlugins.KUBELET_SOCKET);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(new DomainSocketAddress(kubelet.toFile()))
            .channelType(EpollDomainSocketChannel.class, DomainSocketAddress.class)
            .eventLoopGroup(loop)
            .overrideAuthority("localhost")
            .usePlaintext()
            .build();
    try {
      var _ =
          ClientCalls.blockingUnaryCall(
              channel,
              KubeletCalls.REGISTER,
              CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS),
              new KubeletMessage.Register(plugin.endpoint(), plugin.resource()));
    } finally {
      channel.shutdownNow();
    }
  }

  @Override
  public ServerServiceDefinition bindService() {
    return ServerServiceDefinition.builder(KubeletCalls.PLUGIN)
        .addMethod(KubeletCalls.OPTIONS, ServerCalls.asyncUnaryCall(PluginServer::options))
        .addMethod(KubeletCalls.LIST_AND_WATCH, ServerCalls.asyncServerStreamingCall(this::list))
        .addMethod(KubeletCalls.ALLOCATE, ServerCalls.asyncUnaryCall(this::allocate))
        .build();
  }

  private static void options(
      KubeletMessage.Empty asked, StreamObserver<KubeletMessage.Empty> answer) {
    answer.onNext(asked);
    answer.onCompleted();
  }

  /**
   * The list stays as it is, so the stream only stays open: its end would mean that all is gone.
   */
  private void list(KubeletMessage.Empty asked, StreamObserver<KubeletMessage.Devices> answer) {
    answer.onNext(new KubeletMessage.Devices(plugin.ids()));
  }

  private void allocate(
      KubeletMessage.Allocate asked, StreamObserver<KubeletMessage.Allocated> answer) {
    answer.onNext(
        new KubeletMessage.Allocated(Collections.nCopies(asked.containers(), plugin.grant())));
    answer.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
