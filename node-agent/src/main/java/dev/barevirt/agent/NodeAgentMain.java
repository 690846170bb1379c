package dev.barevirt.agent;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the agent of this node and keeps it running until it is told to stop. */
public final class NodeAgentMain {
  private static final Logger LOG = LoggerFactory.getLogger(NodeAgentMain.class);

  private NodeAgentMain() {}

  public static void main(String[] arguments) {
    String node = System.getenv("NODE_NAME");
    if (node == null || node.isEmpty()) {
      LOG.error("NODE_NAME does not say which node this is");
      System.exit(2);
    }
    LOG.atInfo().addKeyValue("node", node).log("node agent starts");
  }
}
