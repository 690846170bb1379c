package dev.barevirt.agent;

import java.nio.file.Path;

/**
 * Where things are in the agent's pod.
 *
 * @param node this node's name
 * @param address the address that the API finds the agent at
 */
record AgentSettings(String node, String address) {
  static final int API_PORT = 8186;
  static final Path LINK_DIRECTORY = Path.of("/var/run/kubevirt/link");
  static final Path LINK_SOCKET = LINK_DIRECTORY.resolve("agent.sock");
  static final Path KUBELET = Path.of("/var/lib/kubelet/device-plugins");
  static final Path DEVICES = Path.of("/dev");
  static final Path CAPABILITIES = Path.of("/var/lib/barevirt/capabilities.json");
  static final Path SERVER_CERTIFICATE = Path.of("/etc/virt-handler/server");
  static final Path AUTHORITIES = Path.of("/etc/virt-handler/ca/ca-bundle");
  static final Path RESOLVER = Path.of("/etc/resolv.conf");
  static final Path PROCESSES = Path.of("/proc");
}
