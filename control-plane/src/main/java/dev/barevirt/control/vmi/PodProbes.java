package dev.barevirt.control.vmi;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.barevirt.api.json.RecordWriter;
import io.fabric8.kubernetes.api.model.Probe;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Probes that the kubelet asks over the network, where the guest answers at its pod's address.
 * Probes through the guest's agent are the node agent's.
 */
final class PodProbes {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private PodProbes() {}

  /** The probe as the kubelet knows it. */
  static Optional<Probe> of(dev.barevirt.api.v1.source.@Nullable Probe probe) {
    return probe == null || (probe.httpGet() == null && probe.tcpSocket() == null)
        ? Optional.empty()
        : Optional.of(JSON.convertValue(RecordWriter.plain(probe), Probe.class));
  }
}
