package dev.barevirt.agent.device;

import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/** The calls between the kubelet and a device plugin, version v1beta1. */
final class KubeletCalls {
  /** The kubelet's service. */
  static final String REGISTRATION = "v1beta1.Registration";

  /** A plugin's service. */
  static final String PLUGIN = "v1beta1.DevicePlugin";

  static final MethodDescriptor<KubeletMessage.Register, KubeletMessage.Empty> REGISTER =
      unary(
          REGISTRATION, "Register", KubeletMessage.Register::decode, KubeletMessage.Empty::decode);
  static final MethodDescriptor<KubeletMessage.Empty, KubeletMessage.Empty> OPTIONS =
      unary(
          PLUGIN,
          "GetDevicePluginOptions",
          KubeletMessage.Empty::decode,
          KubeletMessage.Empty::decode);
  static final MethodDescriptor<KubeletMessage.Empty, KubeletMessage.Devices> LIST_AND_WATCH =
      call(
          MethodDescriptor.MethodType.SERVER_STREAMING,
          PLUGIN,
          "ListAndWatch",
          KubeletMessage.Empty::decode,
          KubeletMessage.Devices::decode);
  static final MethodDescriptor<KubeletMessage.Allocate, KubeletMessage.Allocated> ALLOCATE =
      unary(PLUGIN, "Allocate", KubeletMessage.Allocate::decode, KubeletMessage.Allocated::decode);

  /** A plugin of a thousand devices says less than 40 KiB. */
  private static final int LARGEST = 1 << 20;

  private KubeletCalls() {}

  private static <Q extends KubeletMessage, A extends KubeletMessage> MethodDescriptor<Q, A> unary(
      String service, String name, Function<byte[], Q> asked, Function<byte[], A> answered) {
    return call(MethodDescriptor.MethodType.UNARY, service, name, asked, answered);
  }

  private static <Q extends KubeletMessage, A extends KubeletMessage> MethodDescriptor<Q, A> call(
      MethodDescriptor.MethodType type,
      String service,
      String name,
      Function<byte[], Q> asked,
      Function<byte[], A> answered) {
    return MethodDescriptor.<Q, A>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(service, name))
        .setRequestMarshaller(new Codec<>(asked))
        .setResponseMarshaller(new Codec<>(answered))
        .build();
  }

  private record Codec<M extends KubeletMessage>(Function<byte[], M> decode)
      implements MethodDescriptor.Marshaller<M> {
    @Override
    public InputStream stream(M value) {
      return new ByteArrayInputStream(value.encoded());
    }

    @Override
    public M parse(InputStream stream) {
      try {
        return decode.apply(stream.readNBytes(LARGEST));
      } catch (IOException | IllegalArgumentException e) {
        throw Status.INVALID_ARGUMENT
            .withDescription("the message cannot be read")
            .withCause(e)
            .asRuntimeException();
      }
    }
  }
}
