package dev.barevirt.agent.network;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.Tree;
import java.util.List;

/**
 * A pod's own interface, as {@code ip -j address} tells.
 *
 * @param mtu its largest packet
 */
record PodLink(int mtu) {
  private static final int LEAST_MTU = 68;

  static PodLink parse(String json, String device) {
    if (RecordReader.LENIENT.readTree(json) instanceof Reading.Accepted<Tree>(Tree all)
        && all instanceof Tree.Sequence(List<Tree> links, var _)
        && links.size() == 1
        && links.getFirst() instanceof Tree.Struct(var fields, var _)
        && fields.get("mtu") instanceof Tree.Numeral(var mtu, var _)
        && mtu.intValue() >= LEAST_MTU) {
      return new PodLink(mtu.intValue());
    }
    throw new NetworkException(
        NetworkException.Kind.FAILED, "the pod has no interface " + device + " of its own");
  }
}
