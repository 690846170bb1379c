package dev.barevirt.agent.device;

import java.util.ArrayList;
import java.util.List;

/** The messages of the kubelet's interface for device plugins, version v1beta1. */
sealed interface KubeletMessage {
  /** The version of the interface. */
  String VERSION = "v1beta1";

  /** The message's bytes. */
  byte[] encoded();

  /** Nothing said. */
  record Empty() implements KubeletMessage {
    static Empty decode(byte[] bytes) {
      ProtoReader.read(bytes, (_, _, _) -> {});
      return new Empty();
    }

    @Override
    public byte[] encoded() {
      return new byte[0];
    }
  }

  /**
   * Makes a plugin known to the kubelet.
   *
   * @param endpoint the name of the plugin's socket, beside the kubelet's
   * @param resource the resource that the plugin offers
   */
  record Register(String endpoint, String resource) implements KubeletMessage {
    static Register decode(byte[] bytes) {
      String[] read = {"", ""};
      ProtoReader.read(
          bytes,
          (number, text, _) -> {
            if (number == 2 || number == 3) {
              read[number - 2] = ProtoReader.text(text);
            }
          });
      return new Register(read[0], read[1]);
    }

    @Override
    public byte[] encoded() {
      return new ProtoWriter().text(1, VERSION).text(2, endpoint).text(3, resource).toByteArray();
    }
  }

  /** All devices of a plugin, every one of them healthy. */
  record Devices(List<String> ids) implements KubeletMessage {
    public Devices {
      ids = List.copyOf(ids);
    }

    static Devices decode(byte[] bytes) {
      List<String> ids = new ArrayList<>();
      ProtoReader.read(
          bytes,
          (number, device, _) -> {
            if (number == 1) {
              ProtoReader.read(
                  device,
                  (field, id, _) -> {
                    if (field == 1) {
                      ids.add(ProtoReader.text(id));
                    }
                  });
            }
          });
      return new Devices(ids);
    }

    @Override
    public byte[] encoded() {
      ProtoWriter all = new ProtoWriter();
      ids.forEach(id -> all.message(1, new ProtoWriter().text(1, id).text(2, "Healthy")));
      return all.toByteArray();
    }
  }

  /** Asks for devices, for a number of containers. */
  record Allocate(int containers) implements KubeletMessage {
    static Allocate decode(byte[] bytes) {
      int[] containers = {0};
      ProtoReader.read(
          bytes,
          (number, _, _) -> {
            if (number == 1) {
              containers[0]++;
            }
          });
      return new Allocate(containers[0]);
    }

    @Override
    public byte[] encoded() {
      ProtoWriter all = new ProtoWriter();
      for (int i = 0; i < containers; i++) {
        all.message(1, new ProtoWriter().text(1, String.valueOf(i)));
      }
      return all.toByteArray();
    }
  }

  /** What each of some containers is given. */
  record Allocated(List<DeviceGrant> containers) implements KubeletMessage {
    public Allocated {
      containers = List.copyOf(containers);
    }

    static Allocated decode(byte[] bytes) {
      List<DeviceGrant> containers = new ArrayList<>();
      ProtoReader.read(
          bytes,
          (number, container, _) -> {
            if (number == 1) {
              containers.add(DeviceGrant.decode(container));
            }
          });
      return new Allocated(containers);
    }

    @Override
    public byte[] encoded() {
      ProtoWriter all = new ProtoWriter();
      containers.forEach(container -> all.message(1, container.writer()));
      return all.toByteArray();
    }
  }
}
