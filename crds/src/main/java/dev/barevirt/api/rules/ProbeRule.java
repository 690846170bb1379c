package dev.barevirt.api.rules;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.core.IntOrString;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.source.Probe;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Probes: exactly one way to ask, and a network where the way needs one. */
final class ProbeRule implements VmiRule {
  private static final int HIGHEST_PORT = 65535;

  @Override
  public void check(VirtualMachineInstanceSpec spec, FieldPath at, Findings found) {
    probe(spec, spec.livenessProbe(), at.field("livenessProbe"), found);
    probe(spec, spec.readinessProbe(), at.field("readinessProbe"), found);
    if ("Paused".equals(spec.startStrategy()) && spec.livenessProbe() != null) {
      found.invalid(
          at.field("startStrategy"),
          "either "
              + at.field("startStrategy")
              + " or "
              + at.field("livenessProbe")
              + " should be provided.Pausing VMI with LivenessProbe is not supported");
    }
  }

  private static void probe(
      VirtualMachineInstanceSpec spec, @Nullable Probe probe, FieldPath path, Findings found) {
    if (probe == null) {
      return;
    }
    long handlers =
        Stream.of(probe.exec(), probe.guestAgentPing(), probe.httpGet(), probe.tcpSocket())
            .filter(Objects::nonNull)
            .count();
    if (handlers == 0) {
      found.required(
          path,
          "either %s, %s or %s must be set if a %s is specified"
              .formatted(path.field("tcpSocket"), path.field("exec"), path.field("httpGet"), path));
    } else if (handlers > 1) {
      found.invalid(path, path + " must have exactly one probe type set");
    }
    boolean overNetwork = probe.httpGet() != null || probe.tcpSocket() != null;
    boolean pod = spec.networks().stream().anyMatch(network -> network.pod() != null);
    if (overNetwork && !pod && !spec.networks().isEmpty()) {
      found.invalid(path, path + " is only allowed if the Pod Network is attached");
    }
    if (probe.httpGet() != null) {
      port(probe.httpGet().port(), path.field("httpGet").field("port"), found);
    }
    if (probe.tcpSocket() != null) {
      port(probe.tcpSocket().port(), path.field("tcpSocket").field("port"), found);
    }
    if (probe.exec() != null && probe.exec().command().isEmpty()) {
      found.required(path.field("exec").field("command"), "a command must be given");
    }
  }

  private static void port(@Nullable IntOrString port, FieldPath path, Findings found) {
    switch (port) {
      case null -> found.required(path, "a port must be given");
      case IntOrString.Numbered(int number) when number < 1 || number > HIGHEST_PORT ->
          found.invalid(path, "a port is between 1 and 65535, not " + number);
      case IntOrString.Numbered _, IntOrString.Named _ -> {}
    }
  }
}
