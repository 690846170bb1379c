package dev.barevirt.launcher.dhcp;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Decides what is answered to a datagram: the one guest gets its one address, nobody else does. */
final class DhcpResponder {
  private final DhcpLease lease;

  DhcpResponder(DhcpLease lease) {
    this.lease = lease;
  }

  /** An answer and where it goes. */
  static final class Answer {
    private final byte[] bytes;
    private final Ipv4 to;

    Answer(byte[] bytes, Ipv4 to) {
      this.bytes = bytes;
      this.to = to;
    }

    byte[] bytes() {
      return bytes.clone();
    }

    Ipv4 to() {
      return to;
    }
  }

  Optional<Answer> answer(byte[] datagram) {
    return DhcpMessage.read(datagram)
        .filter(asked -> asked.mac().equals(lease.mac()))
        .filter(asked -> asked.relay().equals(Ipv4.NONE))
        .flatMap(this::decide);
  }

  private Optional<Answer> decide(DhcpMessage asked) {
    return switch (asked.type()) {
      case DhcpMessage.DISCOVER -> Optional.of(leased(asked, DhcpMessage.OFFER));
      case DhcpMessage.REQUEST -> request(asked);
      case DhcpMessage.INFORM -> Optional.of(informed(asked));
      default -> Optional.empty(); // it gives an address back, or is a server's
    };
  }

  private Optional<Answer> request(DhcpMessage asked) {
    Optional<Ipv4> chosen = asked.address(DhcpMessage.SERVER);
    if (chosen.isPresent() && !chosen.get().equals(lease.server())) {
      return Optional.empty(); // it took another server's offer
    }
    Ipv4 wanted = asked.address(DhcpMessage.REQUESTED).orElse(asked.client());
    return Optional.of(
        wanted.equals(lease.address().address())
            ? leased(asked, DhcpMessage.ACK)
            : new Answer(
                asked.answer(DhcpMessage.NAK, Ipv4.NONE, lease.server(), Map.of()),
                Ipv4.BROADCAST));
  }

  private Answer leased(DhcpMessage asked, int kind) {
    Map<Integer, byte[]> told = new LinkedHashMap<>();
    told.put(DhcpMessage.LEASE_TIME, seconds(lease.seconds()));
    told.put(DhcpMessage.RENEWAL, seconds(lease.seconds() / 2));
    told.put(DhcpMessage.REBINDING, seconds(lease.seconds() / 8 * 7));
    told.putAll(lease.options());
    return new Answer(
        asked.answer(kind, lease.address().address(), lease.server(), told), whereTo(asked));
  }

  private Answer informed(DhcpMessage asked) {
    return new Answer(
        asked.answer(DhcpMessage.ACK, Ipv4.NONE, lease.server(), lease.options()), whereTo(asked));
  }

  /** A guest that has its address already listens there, perhaps to nothing else. */
  private Ipv4 whereTo(DhcpMessage asked) {
    return asked.client().equals(lease.address().address()) ? asked.client() : Ipv4.BROADCAST;
  }

  private static byte[] seconds(long value) {
    return ByteBuffer.allocate(4).putInt((int) value).array();
  }
}
