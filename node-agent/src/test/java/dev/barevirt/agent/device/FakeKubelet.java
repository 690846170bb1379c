package dev.barevirt.agent.device;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A kubelet as its plugins see it: takes registrations and asks plugins for devices. */
final class FakeKubelet implements AutoCloseable {
  private final Path directory;
  private final Path socket;
  private final List<String> resources = new CopyOnWriteArrayList<>();
  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final Server server;

  private FakeKubelet(Path directory) throws IOException {
    this.directory = directory;
    this.socket = directory.resolve("kubelet.sock");
    this.server =
        NettyServerBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
            .channelType(EpollServerDomainSocketChannel.class)
            .bossEventLoopGroup(loop)
            .workerEventLoopGroup(loop)
            .addService(
                ServerServiceDefinition.builder(KubeletCalls.REGISTRATION)
                    .addMethod(
                        KubeletCalls.REGISTER,
                        ServerCalls.asyncUnaryCall(
                            (asked, answer) -> {
                              resources.add(asked.resource());
                              answer.onNext(new KubeletMessage.Empty());
                              answer.onCompleted();
                            }))
                    .build())
            .build()
            .start();
  }

  static FakeKubelet start(Path directory) throws IOException {
    return new FakeKubelet(directory);
  }

  List<String> resources() {
    return List.copyOf(resources);
  }

  List<String> devices(String endpoint) {
    return ask(
        endpoint,
        channel ->
            ClientCalls.blockingServerStreamingCall(
                    channel,
                    KubeletCalls.LIST_AND_WATCH,
                    CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
                    new KubeletMessage.Empty())
                .next()
                .ids());
  }

  List<DeviceGrant> allocate(String endpoint, int containers) {
    return ask(
        endpoint,
        channel ->
            ClientCalls.blockingUnaryCall(
                    channel,
                    KubeletCalls.ALLOCATE,
                    CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
                    new KubeletMessage.Allocate(containers))
                .containers());
  }

  private <T> T ask(String endpoint, Function<ManagedChannel, T> question) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(
                new DomainSocketAddress(directory.resolve(endpoint).toFile()))
            .channelType(EpollDomainSocketChannel.class, DomainSocketAddress.class)
            .eventLoopGroup(loop)
            .overrideAuthority("localhost")
            .usePlaintext()
            .build();
    try {
      return question.apply(channel);
    } finally {
      channel.shutdownNow();
    }
  }

  @Override
  public void close() throws IOException {
    server.shutdownNow();
    var _ = Files.deleteIfExists(socket);
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
